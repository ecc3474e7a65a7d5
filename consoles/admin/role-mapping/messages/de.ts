import type { Translation } from '../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const de: Translation<typeof en> = {
  actions: 'Aktionen',
  assign: 'Rollen zuweisen',
  assigned: '{name} ist zugewiesen',
  available: 'Rollen, die zugewiesen werden können',
  description: 'Beschreibung',
  done: 'Fertig',
  give: '{name} zuweisen',
  giveIt: 'Zuweisen',
  given: 'Zugewiesen',
  none: 'Noch keine Rollen',
  noneFound: 'Keine Rolle passt',
  ofClients: 'Clients',
  ofRealm: 'Der Realm',
  owner: 'Rollen von',
  role: 'Rolle',
  search: 'Rollen nach Namen suchen',
  take: '{name} entziehen',
  takeAbout: 'Was die Rolle erlaubt, ist ab dem nächsten Token nicht mehr möglich.',
  takeAway: 'Entziehen',
  taken: '{name} ist entzogen',
  takeTitle: '{name} entziehen?',
};
