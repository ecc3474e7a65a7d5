import type { Translation } from '../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const es: Translation<typeof en> = {
  actions: 'Acciones',
  add: 'Añadir mapper',
  claim: 'Claim',
  edit: 'Mapper {name}',
  kind: 'Tipo',
  mappers: 'Mappers',
  name: 'Nombre',
  none: 'Aún no hay mappers',
  noneAbout: 'Un mapper escribe en los tokens algo sobre el usuario o la sesión.',
  remove: 'Eliminar {name}',
  removeAbout: 'Los tokens que se emitan a partir de ahora no llevarán lo que escribía.',
  removed: '{name} se ha eliminado',
  removeIt: 'Eliminar',
  removeTitle: '¿Eliminar el mapper {name}?',
  required: 'Hace falta.',
  save: 'Guardar',
  saved: '{name} se ha guardado',
};
