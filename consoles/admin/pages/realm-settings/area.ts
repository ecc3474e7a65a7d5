import type { Area } from '../../area.js';

export const realmSettings: Area = { entries: [], routes: [] };
