import type { Area } from '../../area.js';

export const events: Area = { entries: [], routes: [] };
