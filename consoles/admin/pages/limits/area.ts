import type { Area } from '../../area.js';

export const limits: Area = { entries: [], routes: [] };
