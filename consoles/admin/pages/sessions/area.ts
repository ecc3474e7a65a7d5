import type { Area } from '../../area.js';

export const sessions: Area = { entries: [], routes: [] };
