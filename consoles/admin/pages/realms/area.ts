import type { Area } from '../../area.js';

export const realms: Area = { entries: [], routes: [] };
