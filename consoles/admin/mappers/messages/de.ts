import type { Translation } from '../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const de: Translation<typeof en> = {
  actions: 'Aktionen',
  add: 'Mapper hinzufügen',
  claim: 'Claim',
  edit: 'Mapper {name}',
  kind: 'Art',
  mappers: 'Mapper',
  name: 'Name',
  none: 'Noch keine Mapper',
  noneAbout: 'Ein Mapper schreibt etwas über den Benutzer oder die Sitzung in Token.',
  remove: '{name} entfernen',
  removeAbout: 'Token, die ab jetzt ausgestellt werden, haben nicht mehr, was er schrieb.',
  removed: '{name} ist entfernt',
  removeIt: 'Entfernen',
  removeTitle: 'Den Mapper {name} entfernen?',
  required: 'Das wird gebraucht.',
  save: 'Speichern',
  saved: '{name} ist gespeichert',
};
