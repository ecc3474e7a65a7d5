import type { Area } from '../../area.js';

export const clients: Area = { entries: [], routes: [] };
