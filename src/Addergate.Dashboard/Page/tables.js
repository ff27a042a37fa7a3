// The tables below the charts. All text goes in as text, never as markup.

function fill(table, heads, rows, empty) {
  const head = html('tr', '', ...heads.map(([name, kind]) => html('th', kind, name)));
  const body = rows.map(cells => html('tr', '', ...cells.map((cell, index) => html('td', heads[index][1], cell ?? ''))));
  table.replaceChildren(head, ...(body.length ? body : [html('tr', '', Object.assign(html('td', '', empty), { colSpan: heads.length }))]));
}

const nameOf = process => process.number != null ? `worker ${process.number}` : [process.role, process.name].filter(Boolean).join(' ');

function showProcesses(state, last) {
  const rows = (state.server?.processes ?? []).map(process => {
    const sample = last?.processes.find(one => one.pid === process.pid);
    return [
      nameOf(process), process.number != null ? process.name ?? '' : '', `${process.pid}`, process.state, text.span(process.age_seconds),
      sample?.cores == null ? '' : `${(sample.cores * 100).toFixed(0)} %`, process.memory_bytes == null ? '' : text.bytes(process.memory_bytes),
      process.threads == null ? '' : `${process.running} of ${process.threads}`,
      sample?.requests == null ? '' : text.count(sample.requests / last.seconds), process.completed == null ? '' : text.count(process.completed),
    ];
  });
  fill(document.getElementById('processes'),
    [['process'], ['application'], ['pid', 'n'], ['state'], ['age', 'n'], ['CPU', 'n'], ['memory', 'n'], ['busy', 'n'], ['requests/s', 'n'], ['answered', 'n']],
    rows, 'The supervisor has not answered yet.');
}

function showEvents(state) {
  const rows = [...state.server?.events ?? []].reverse().slice(0, 15).map(event => [
    text.clock(event.time), event.process, event.pid ? `${event.pid}` : '', event.what, event.reason,
    event.age_seconds ? text.span(event.age_seconds) : '', event.completed ? text.count(event.completed) : '',
  ]);
  fill(document.getElementById('events'),
    [['time'], ['process'], ['pid', 'n'], ['what'], ['why', 'wide'], ['had served for', 'n'], ['had answered', 'n']], rows, 'Nothing yet.');
}

function showSlow(state, choice) {
  const isShown = request => choice < 0 || request.application === state.server?.applications[choice]?.name;
  const row = (request, now) => [
    now ? 'running' : text.clock(request.start + request.seconds), text.time(request.seconds), now ? '' : `${request.status ?? ''}`,
    `${request.method} ${request.script_name}${request.path}`, request.host, request.client, text.time(request.queue), `${request.pid}`, request.request_id,
  ];
  fill(document.getElementById('slow'),
    [['ended'], ['took', 'n'], ['status', 'n'], ['request', 'wide'], ['host'], ['client'], ['queue', 'n'], ['worker pid', 'n'], ['request id']],
    [...state.slow_running.filter(isShown).map(one => row(one, true)), ...state.slow_ended.filter(isShown).slice(0, 50).map(one => row(one, false))],
    'None.');
  const after = [...new Set(state.slow_after.filter(seconds => seconds > 0))];
  document.getElementById('slow-note').textContent = after.length
    ? `longer than ${after.map(text.time).join(', ')}; those that run first`
    : 'not recorded: start the server with --slow-requests SECONDS';
}

function showThreads(state, choice) {
  document.getElementById('threads').replaceChildren(...state.threads.filter(worker => choice < 0 || worker.application === choice).map(worker => {
    const slowAfter = state.slow_after[worker.application] || Infinity;
    const squares = worker.running.map(seconds => html(
      'i', `thread ${seconds == null ? '' : seconds > slowAfter ? 'slow' : 'busy'}`, seconds == null ? '' : seconds < 1 ? '<1' : seconds < 100 ? seconds.toFixed(0) : '99+'));
    return html('div', 'worker', html('span', '', `pid ${worker.pid}`), ...squares);
  }));
}
