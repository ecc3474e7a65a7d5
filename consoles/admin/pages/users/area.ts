import type { Area } from '../../area.js';

export const users: Area = { entries: [], routes: [] };
