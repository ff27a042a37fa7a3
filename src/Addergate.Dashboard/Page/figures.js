// Numbers and samples: nothing here touches the document.

/** Without zeros that say nothing. */
const trim = number => number.includes('.') ? number.replace(/\.?0+$/, '') : number;

const text = {
  count: value => value >= 1e6 ? (value / 1e6).toFixed(1) + ' M' : value >= 1e4 ? (value / 1e3).toFixed(1) + ' k'
    : value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en') : value.toFixed(1),
  bytes: value => {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit++; }
    return (value >= 100 || unit === 0 ? Math.round(value) : trim(value.toFixed(1))) + ' ' + units[unit];
  },
  time: value => value === 0 ? '0' : value < 0.001 ? (value * 1e6).toFixed(0) + ' µs'
    : value < 1 ? trim((value * 1e3).toFixed(value < 0.01 ? 1 : 0)) + ' ms' : value < 60 ? trim(value.toFixed(value < 10 ? 2 : 0)) + ' s' : text.span(value),
  span: value => value < 60 ? Math.round(value) + ' s' : value < 3600 ? Math.floor(value / 60) + ' min'
    : value < 86400 ? Math.floor(value / 3600) + ' h ' + Math.floor(value % 3600 / 60) + ' min' : Math.floor(value / 86400) + ' d ' + Math.floor(value % 86400 / 3600) + ' h',
  clock: time => new Date(time * 1000).toTimeString().slice(0, 8),
};

const sum = list => list.reduce((total, value) => total + value, 0);

/** The end of an octave, in seconds. */
const octaveEnd = (state, index) => state.shortest_octave * 2 ** index;

/** About how long this part of the requests took at most, from how many fell in each octave. */
function percentile(state, octaves, part) {
  const wanted = part * sum(octaves);
  let seen = 0;
  for (let index = 0; index < octaves.length && wanted > 0; index++) {
    if (seen + octaves[index] >= wanted) {
      const end = octaveEnd(state, index), begin = index === 0 ? 0 : end / 2;
      return begin + (end - begin) * (wanted - seen) / octaves[index];
    }
    seen += octaves[index];
  }
  return 0;
}

/** One sample of one application, or of all together (choice < 0). */
function pick(state, sample, choice) {
  if (choice >= 0) {
    return sample.applications[choice];
  }
  const all = sample.applications, total = name => sum(all.map(one => one[name])), requests = total('requests');
  const octaves = all.length ? all[0].octaves.map((_, index) => sum(all.map(one => one.octaves[index]))) : [];
  if (all.length === 1) {
    return all[0];
  }
  return {
    requests, octaves,
    classes: [0, 1, 2, 3, 4].map(index => sum(all.map(one => one.classes[index]))),
    clients_gone: total('clients_gone'), cut_off: total('cut_off'), bytes_in: total('bytes_in'), bytes_out: total('bytes_out'),
    busy: total('busy'), capacity: total('capacity'), waiting: total('waiting'),
    oldest_wait: Math.max(0, ...all.map(one => one.oldest_wait)),
    phases: [0, 1, 2, 3].map(index => requests ? sum(all.map(one => one.phases[index] * one.requests)) / requests : 0),
    median: percentile(state, octaves, .5), percentile90: percentile(state, octaves, .9),
    percentile99: percentile(state, octaves, .99), longest: Math.max(0, ...all.map(one => one.longest)),
  };
}
