import type { ChartInput } from '../charts/input.ts';
import { axesOf, placementOf, valueText } from '../charts/sweepAxes.ts';
import type { SweepData } from '../charts/sweepData.ts';
import { html } from '../dom.ts';
import type { Change } from '../preferences.ts';
import { createSelect } from '../select.ts';

/** The choices of the sweep: its quantity, which axis is drawn where, and the values of those that are not drawn. */
export function createSweepTools(change: Change) {
  let data: SweepData | null = null;
  let input: ChartInput | null = null;
  const metric = createSelect('Quantity of the sweep', (key) => change({ metric: key }));
  const places = ['→', '↑', 'rows'].map((label, position) =>
    createSelect(`Axis drawn ${['across', 'upwards', 'in rows'][position]}`, (name) => place(position, name), label),
  );
  const others = html('span', { class: 'sweep-others' });
  const element = html('span', { class: 'tools' }, metric.element, ...places.map((one) => one.element), others);
  let choosers: { name: string; select: ReturnType<typeof createSelect> }[] = [];

  /** Draws an axis at a place; the one that was there takes its place. */
  function place(position: number, name: string): void {
    change(({ axes }) => {
      const placed = input && placementOf(axesOf(input.grid.points), axes);
      if (!placed) return {};
      const { across, up, rows, others: rest } = placed;
      const order = [across, ...(up ? [up] : []), ...(rows ? [rows] : []), ...rest].map((axis) => axis.name);
      const from = order.indexOf(name);
      [order[position], order[from]] = [order[from]!, order[position]!];
      return { axes: order };
    });
  }

  function fix(name: string, text: string): void {
    const axis = data?.placement.others.find((one) => one.name === name);
    const value = axis?.values.find((one) => valueText(one) === text);
    change(({ point }) => ({ point: (value !== undefined && data?.points.from(point, { [name]: value })) || point }));
  }

  return {
    element,
    update(next: SweepData, from: ChartInput): void {
      data = next;
      input = from;
      metric.set(
        next.metrics.map(({ key, name }) => ({ value: key, label: name })),
        next.metric.key,
      );
      const axes = axesOf(input.grid.points);
      const { across, up, rows, others: rest } = next.placement;
      [across, up, rows].forEach((axis, i) => {
        const select = places[i]!;
        select.element.hidden = axis === null || axes.length < 2;
        if (axis)
          select.set(
            axes.map(({ name }) => ({ value: name, label: name })),
            axis.name,
          );
      });
      if (choosers.map(({ name }) => name).join('\n') !== rest.map(({ name }) => name).join('\n')) {
        choosers = rest.map(({ name }) => ({
          name,
          select: createSelect(`Value of ${name}`, (value) => fix(name, value), name),
        }));
        others.replaceChildren(...choosers.map(({ select }) => select.element));
      }
      for (const { name, values } of rest) {
        const options = values.map((value) => ({ value: valueText(value), label: valueText(value) }));
        choosers.find((one) => one.name === name)?.select.set(options, valueText(next.points.at(next.chosen)[name]));
      }
    },
  };
}
