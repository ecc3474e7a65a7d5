import type { Page } from 'playwright-core';
import { EDITED_STEP, LONG_FLOW, LONG_FLOW_STEPS } from './long-flow.js';
import { middle, timed, visit, type Timing } from './timing.js';

/** Changes of each kind; even, so that the flow is at the end what it was. */
const TURNS = 6;

/** What the editor of a long flow took. */
export interface FlowFigures {
  readonly opened: Timing;
  /** From the first row to the last by the arrow keys, one row in a frame. */
  readonly walked: Timing;
  /** A requirement changed: until the server has it and the row shows it. */
  readonly changed: Timing;
  /** Until the proof of the changed flow is there, too. */
  readonly proved: Timing;
  /** A step moved by keys: until the server has it and the row is there. */
  readonly moved: Timing;
}

const ROWS = "document.querySelectorAll('main tbody tr')";
const ROW = `[...${ROWS}].find((row) => row.textContent.includes('${EDITED_STEP}'))`;
const SELECT = `${ROW}?.querySelector('select')`;
const PLACE = `[...${ROWS}].indexOf(${ROW})`;

/** @param base address of the realm in the console */
export async function measureLongFlow(page: Page, base: string): Promise<FlowFigures> {
  await timed(page, visit(base), `${ROWS}.length === 0 && document.querySelector('main h1')`);
  const address = `${base}/authentication/flows/${encodeURIComponent(LONG_FLOW)}`;
  const opened = await timed(page, visit(address), `${ROWS}.length >= ${LONG_FLOW_STEPS}`);
  // The diagram comes after the rows; it is drawn again with every change.
  await page.locator('main .react-flow__node').first().waitFor();
  const walked = await timed(
    page,
    `${ROWS}[0].focus(); const step = () => {
      if (document.activeElement === ${ROWS}[${LONG_FLOW_STEPS - 1}]) return;
      ${key('ArrowDown')};
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step)`,
    `document.activeElement === ${ROWS}[${LONG_FLOW_STEPS - 1}]`,
  );
  const changed: Timing[] = [];
  const proved: Timing[] = [];
  const moved: Timing[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const [to, back] = ['DISABLED', 'ALTERNATIVE'];
    changed.push(await timed(page, choose(to), `${chosen(to)} && ${answered('/executions')}`));
    proved.push(await timed(page, choose(back), `${chosen(back)} && ${answered('/proof')}`));
    const before = await page.evaluate<number>(PLACE);
    const arrow = turn % 2 === 0 ? 'ArrowDown' : 'ArrowUp';
    moved.push(await timed(page, `${ROW}.focus(); ${key(arrow, 'altKey: true')}`, `${PLACE} !== ${before}`));
  }
  return { opened, walked, changed: middle(changed), proved: middle(proved), moved: middle(moved) };
}

/** Statement that presses a key where the focus is. */
const key = (name: string, more = ''): string =>
  `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '${name}', bubbles: true, cancelable: true, ${more} }))`;

/** Statements that choose a requirement as a person does. */
const choose = (requirement: string): string => `const list = ${SELECT};
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(list, '${requirement}');
  list.dispatchEvent(new Event('change', { bubbles: true }))`;

/** The list shows what the server has. */
const chosen = (requirement: string): string => `${SELECT}?.value === '${requirement}' && !${SELECT}.disabled`;

/** That a call was answered since; those that are under way are not among the entries yet. */
const answered = (part: string): string =>
  `performance.getEntriesByType('resource').some(({ name }) => name.includes('${part}'))`;
