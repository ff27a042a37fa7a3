// Charts as SVG. A chart gets points {time, values} and draws lines, or layers that add up.

const width = 600, height = 170, left = 54, right = 6, top_ = 8, bottom = 20;

function svg(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) { element.setAttribute(key, attributes[key]); }
  element.append(...children);
  return element;
}

function html(name, className, ...children) {
  const element = document.createElement(name);
  if (className) { element.className = className; }
  element.append(...children);
  return element;
}

/** A step that a person would choose for a few lines of a grid. */
function niceStep(most, lines, isBinary) {
  const raw = most / lines;
  if (isBinary) { return 2 ** Math.ceil(Math.log2(raw)); }
  const power = 10 ** Math.floor(Math.log10(raw)), part = raw / power;
  return (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10) * power;
}

class Chart {
  /**
   * @param {string} title
   * @param {{name, colour, style?}[]} series
   * @param {{format, layers?, least?, heat?}} options least: what the axis reaches at least
   */
  constructor(title, series, options) {
    Object.assign(this, { series, options });
    this.now = html('small', '');
    this.svg = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': title });
    const legend = html('div', 'legend', ...series.map(one => html('span', '', html('i', `${one.colour} ${one.style ?? ''}`), one.name)));
    this.element = html('div', 'chart', html('h2', '', title, this.now), this.svg, legend);
    this.svg.addEventListener('pointermove', event => this.tell(event));
    this.svg.addEventListener('pointerleave', () => { document.getElementById('tip').hidden = true; });
  }

  /** @param {{time, values, octaves?}[]} points @param {[number, number]} range of time @param {{time, text}[]} marks */
  draw(points, range, marks) {
    // As wide as it is shown, so that text keeps its shape.
    this.width = Math.max(240, this.svg.clientWidth || width);
    this.svg.setAttribute('viewBox', `0 0 ${this.width} ${height}`);
    Object.assign(this, { points, range, marks });
    this.svg.replaceChildren();
    if (this.options.heat) { this.drawHeat(); } else { this.drawValues(); }
    this.drawTime();
    this.now.textContent = this.options.now?.(points.at(-1)) ?? '';
    if (points.length === 0) {
      this.svg.append(svg('text', { x: this.width / 2, y: height / 2, 'text-anchor': 'middle', class: 'none' }, 'nothing yet'));
    }
  }

  x(time) { return left + (this.width - left - right) * (time - this.range[0]) / (this.range[1] - this.range[0]); }

  drawValues() {
    const tops = this.points.map(point => this.options.layers ? sum(point.values.map(value => value ?? 0)) : Math.max(0, ...point.values.map(value => value ?? 0)));
    const y = this.options.log ? this.drawDecades() : this.drawSteps(Math.max(this.options.least ?? 1e-9, ...tops));
    const below = this.points.map(() => 0);
    this.series.forEach((one, index) => {
      if (this.options.layers) {
        const from = [...below];
        this.points.forEach((point, at) => { below[at] += point.values[index] ?? 0; });
        const path = this.points.map((point, at) => `${this.x(point.time).toFixed(1)},${y(below[at]).toFixed(1)}`)
          .concat(this.points.map((point, at) => `${this.x(point.time).toFixed(1)},${y(from[at]).toFixed(1)}`).reverse());
        this.svg.append(svg('polygon', { points: path.join(' '), class: `fill ${one.colour}` }));
        return;
      }
      let path = '', isOpen = false;
      for (const point of this.points) {
        const value = point.values[index];
        path += value == null ? '' : `${isOpen ? 'L' : 'M'}${this.x(point.time).toFixed(1)} ${y(value).toFixed(1)}`;
        isOpen = value != null;
      }
      this.svg.append(svg('path', { d: path, class: `stroke ${one.colour} ${one.style ?? ''}` }));
    });
  }

  /** @returns the height of a value. */
  drawSteps(most) {
    const step = niceStep(most, 4, this.options.binary), end = Math.ceil(most / step - 1e-9) * step;
    const y = value => top_ + (height - top_ - bottom) * (1 - value / end);
    for (let value = 0; value <= end + step / 2; value += step) { this.drawLine(y(value), this.options.format(value), value === 0); }
    return y;
  }

  /** The same where a value may be many times another: each line stands for ten times the one below. */
  drawDecades() {
    const values = this.points.flatMap(point => point.values.filter(value => value > 0));
    const least = Math.floor(Math.log10(Math.min(...values, .01))), most = Math.ceil(Math.log10(Math.max(...values, .1)) + 1e-9);
    const y = value => top_ + (height - top_ - bottom) * (1 - (Math.log10(Math.max(value, 10 ** least)) - least) / (most - least));
    for (let power = least; power <= most; power++) { this.drawLine(y(10 ** power), this.options.format(10 ** power), power === least); }
    return y;
  }

  drawLine(y, label, isAxis) {
    this.svg.append(
      svg('line', { x1: left, x2: this.width - right, y1: y, y2: y, class: isAxis ? 'axis' : 'grid' }),
      svg('text', { x: left - 6, y: y + 4, 'text-anchor': 'end' }, label));
  }

  /** Columns of cells, darker the more requests fell there. */
  drawHeat() {
    const { first, last, end } = this.options.heat, rows = last - first + 1, rowHeight = (height - top_ - bottom) / rows;
    // None narrower than most samples, or some would stay empty.
    const length = this.range[1] - this.range[0], lengths = this.points.map(point => point.seconds).sort((a, b) => a - b);
    const usual = Math.max(.5, lengths[lengths.length >> 1] ?? 1);
    const columns = Math.max(1, Math.min(120, Math.floor(length / (1.1 * usual)))), span = length / columns;
    const cells = new Map();
    for (const point of this.points) {
      const column = Math.min(columns - 1, Math.floor((point.time - this.range[0]) / span));
      const cell = cells.get(column) ?? new Array(rows).fill(0);
      point.octaves.forEach((count, octave) => { cell[Math.min(rows - 1, Math.max(0, octave - first))] += count; });
      cells.set(column, cell);
    }
    const most = Math.max(1, ...[...cells.values()].flat());
    for (let row = 0; row <= rows; row += 3) {
      const y = height - bottom - row * rowHeight;
      this.svg.append(
        svg('line', { x1: left, x2: this.width - right, y1: y, y2: y, class: row === 0 ? 'axis' : 'grid' }),
        svg('text', { x: left - 6, y: y + 4, 'text-anchor': 'end' }, row === 0 ? '0' : text.time(end(first + row - 1))));
    }
    const cellWidth = (this.width - left - right) / columns;
    for (const [column, counts] of cells) {
      counts.forEach((count, row) => {
        if (count > 0) {
          this.svg.append(svg('rect', {
            x: (left + column * cellWidth).toFixed(1), y: (height - bottom - (row + 1) * rowHeight).toFixed(1),
            width: (cellWidth + .3).toFixed(1), height: (rowHeight + .3).toFixed(1), class: 'heat',
            opacity: (.15 + .85 * Math.log1p(count) / Math.log1p(most)).toFixed(2),
          }));
        }
      });
    }
  }

  drawTime() {
    const [from, to] = this.range, parts = this.width < 420 ? 2 : 4;
    for (let part = 0; part <= parts; part++) {
      const time = from + (to - from) * part / parts;
      this.svg.append(svg('text', {
        x: this.x(time), y: height - 5, 'text-anchor': part === 0 ? 'start' : part === parts ? 'end' : 'middle',
      }, text.clock(time)));
    }
    for (const mark of this.marks) {
      this.svg.append(svg('line', { x1: this.x(mark.time), x2: this.x(mark.time), y1: top_, y2: height - bottom, class: 'mark' }));
    }
  }

  /** Says the values below the pointer. */
  tell(event) {
    const tip = document.getElementById('tip'), box = this.svg.getBoundingClientRect();
    const time = this.range[0] + (this.range[1] - this.range[0]) * ((event.clientX - box.left) / box.width * this.width - left) / (this.width - left - right);
    const point = this.points?.reduce((best, one) => Math.abs(one.time - time) < Math.abs(best.time - time) ? one : best, this.points[0]);
    if (!point) { return; }
    const near = this.marks.filter(mark => Math.abs(mark.time - time) < (this.range[1] - this.range[0]) / 60).map(mark => mark.text);
    const lines = this.options.heat
      ? point.octaves.map((count, index) => count ? `up to ${text.time(this.options.heat.end(index))}: ${count}` : null).filter(Boolean)
      : this.series.map((one, index) => point.values[index] == null ? null : `${one.name}: ${this.options.format(point.values[index])}`).filter(Boolean);
    tip.textContent = [text.clock(point.time), ...lines, ...near].join('\n');
    tip.hidden = false;
    tip.style.left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8) + 'px';
    tip.style.top = Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8) + 'px';
  }
}
