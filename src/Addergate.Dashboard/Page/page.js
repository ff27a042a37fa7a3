// Asks for what is new, and shows it.

const kept = { started: 0, samples: [], state: null };
const most = 600;
const chosen = name => Number(document.getElementById(name).value);

const charts = [
  { of: one => one.at.classes.slice(1).map(count => count / one.seconds), chart: new Chart('Requests per second',
    [{ name: '2xx', colour: 'blue' }, { name: '3xx', colour: 'sky' }, { name: '4xx', colour: 'orange' }, { name: '5xx', colour: 'red' }],
    { layers: true, least: 1, format: text.count }) },
  { of: one => one.at.requests ? [one.at.median, one.at.percentile90, one.at.percentile99] : [null, null, null], chart: new Chart('Response time',
    [{ name: 'half of them within', colour: 'green' }, { name: '90 %', colour: 'blue', style: 'dashed' }, { name: '99 %', colour: 'red', style: 'dotted' }],
    { log: true, format: text.time }) },
  { of: () => [], chart: new Chart('Response times, all requests', [], { heat: { first: 1, last: 18, end: index => octaveEnd(kept.state, index) } }) },
  { of: one => [one.at.busy, one.at.capacity, one.at.waiting], chart: new Chart('Capacity',
    [{ name: 'request threads busy', colour: 'blue' }, { name: 'request threads', colour: 'text', style: 'dashed' }, { name: 'requests waiting', colour: 'red', style: 'dotted' }],
    { least: 1, format: text.count }) },
  { of: one => one.at.phases.slice(0, 3), chart: new Chart('Where the time goes, on average',
    [{ name: 'front end', colour: 'sky' }, { name: 'queue', colour: 'orange' }, { name: 'application', colour: 'green' }],
    { layers: true, least: .001, format: text.time }) },
  { of: one => [one.at.oldest_wait, one.at.phases[1]], chart: new Chart('Waiting for a request thread',
    [{ name: 'the first in the queue', colour: 'red' }, { name: 'on average', colour: 'orange', style: 'dashed' }],
    { least: .001, format: text.time }) },
  { of: one => byRole(one, process => process.cores), chart: new Chart('CPU, in cores',
    [{ name: 'workers', colour: 'green' }, { name: 'front end', colour: 'blue' }, { name: 'supervisor and others', colour: 'grey' }],
    { layers: true, least: .1, format: value => value.toFixed(value < 1 ? 2 : 1) }) },
  { of: one => byRole(one, process => process.memory_bytes), chart: new Chart('Memory',
    [{ name: 'workers', colour: 'green' }, { name: 'front end', colour: 'blue' }, { name: 'supervisor and others', colour: 'grey' }],
    { layers: true, least: 1 << 20, format: text.bytes, binary: true }) },
  { of: one => [one.at.bytes_out / one.seconds, one.at.bytes_in / one.seconds], chart: new Chart('Bodies, bytes per second',
    [{ name: 'sent to clients', colour: 'blue' }, { name: 'taken from clients', colour: 'orange', style: 'dashed' }],
    { least: 1024, format: text.bytes, binary: true }) },
];
document.getElementById('charts').append(...charts.map(one => one.chart.element));

const roles = new Map();

/** Of workers, of the front end, of the others. Those that are gone were workers, as far as is known. */
function byRole(one, value) {
  const totals = [0, 0, 0];
  for (const process of one.processes) {
    const role = roles.get(process.pid) ?? 'worker';
    totals[role === 'worker' ? 0 : role === 'front end' ? 1 : 2] += value(process) ?? 0;
  }
  return totals;
}

function take(state) {
  if (state.started !== kept.started) {
    Object.assign(kept, { started: state.started, samples: [] });
  }
  kept.samples.push(...state.samples);
  kept.samples.splice(0, kept.samples.length - most);
  kept.state = state;
  for (const process of state.server?.processes ?? []) { roles.set(process.pid, process.role); }
  const select = document.getElementById('application'), names = (state.server?.applications ?? []).map(one => one.name);
  if (names.length && select.options.length !== names.length + (names.length > 1 ? 1 : 0)) {
    select.replaceChildren(...(names.length > 1 ? [new Option('all', -1)] : []), ...names.map((name, index) => new Option(name, index)));
  }
}

function tiles(state, at, seconds, last) {
  const cores = last.processes.map(one => one.cores ?? 0), memory = last.processes.map(one => one.memory_bytes ?? 0);
  const list = [
    ['requests / s', text.count(at.requests / seconds), ''],
    ['median time', at.requests ? text.time(at.median) : '–', at.requests ? `99 %: ${text.time(at.percentile99)}` : 'no requests'],
    ['errors (5xx) / s', text.count(at.classes[4] / seconds), at.requests ? `${(100 * at.classes[4] / at.requests).toFixed(1)} % of requests` : '', at.classes[4] > 0],
    ['busy threads', `${text.count(at.busy)} of ${at.capacity}`, at.capacity ? `${Math.round(100 * at.busy / at.capacity)} %` : 'no worker is ready', at.capacity === 0 || at.busy > .95 * at.capacity],
    ['waiting', text.count(at.waiting), at.waiting ? `the first for ${text.time(at.oldest_wait)}` : '', at.oldest_wait > 1],
    ['503, 504 so far', state.server ? `${text.count(state.server.refused)}, ${text.count(state.server.timed_out)}` : '–', 'by this front end'],
    ['CPU', sum(cores).toFixed(2), 'cores'],
    ['memory', text.bytes(sum(memory)), `${last.processes.length} processes`],
  ];
  document.getElementById('tiles').replaceChildren(...list.map(([name, value, note, isBad]) =>
    html('div', `tile ${isBad ? 'bad' : ''}`, html('span', '', name), html('b', '', value), html('em', '', note))));
}

function show() {
  const { state, samples } = kept, last = samples.at(-1), server = state.server;
  if (!last) { return; }
  const choice = chosen('application') || 0, span = chosen('window') || Math.max(60, last.time - samples[0].time);
  const range = [Math.max(last.time - span, Math.min(samples[0].time, last.time - 60)), last.time];
  const shown = samples.filter(sample => sample.time >= range[0]).map(sample => ({ ...sample, at: pick(state, sample, choice) }));
  const marks = (server?.events ?? []).filter(event => event.time >= range[0] && event.time <= range[1])
    .map(event => ({ time: event.time, text: `${event.process} ${event.what} ${event.reason}`.trim() }));
  const first = server?.applications[Math.max(0, choice)];
  document.getElementById('version').textContent = server?.version ?? '';
  document.getElementById('summary').textContent = server
    ? `${server.applications.length > 1 && choice < 0 ? `${server.applications.length} applications` : first?.entry ?? ''} · ${server.state}${server.reloading ? ', reloading' : ''} · generation ${first?.generation ?? server.generation} · up for ${text.span(server.processes[0]?.age_seconds ?? 0)} · ${server.urls.join(' ')}`
    : 'the supervisor has not answered yet';
  tiles(state, pick(state, last, choice), last.seconds, last);
  for (const { of, chart } of charts) {
    chart.draw(shown.map(one => ({ time: one.time, seconds: one.seconds, values: of(one), octaves: one.at.octaves })), range, marks);
  }
  showThreads(state, choice);
  showProcesses(state, last);
  showEvents(state);
  showSlow(state, choice);
}

function trouble(message) {
  const note = document.getElementById('trouble');
  note.hidden = !message;
  note.textContent = message;
}

async function ask() {
  try {
    const reply = await fetch(`/api/state?since=${kept.samples.at(-1)?.number ?? 0}`, { cache: 'no-store', signal: AbortSignal.timeout(10000) });
    if (!reply.ok) { throw new Error(`${reply.status}`); }
    const state = await reply.json();
    if (kept.started && state.started !== kept.started) {
      // Another front end, with samples of its own.
      kept.samples = [];
      take(await (await fetch('/api/state', { cache: 'no-store' })).json());
    } else {
      take(state);
    }
    trouble('');
    show();
  } catch (failure) {
    trouble(`The server has not answered since ${text.clock(kept.state?.now ?? Date.now() / 1000)}; asking again. (${failure.message})`);
  }
  setTimeout(ask, Math.max(1000, 1000 * (kept.state?.interval ?? 1)) * (document.hidden ? 10 : 1));
}

for (const name of ['application', 'window']) {
  document.getElementById(name).addEventListener('change', show);
}
addEventListener('resize', show);
document.addEventListener('visibilitychange', () => { if (!document.hidden) { show(); } });
ask();
