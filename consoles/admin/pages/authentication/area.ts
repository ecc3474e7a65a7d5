import type { Area } from '../../area.js';

export const authentication: Area = { entries: [], routes: [] };
