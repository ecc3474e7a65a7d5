import type { Translation } from '../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const es: Translation<typeof en> = {
  actions: 'Acciones',
  assign: 'Asignar roles',
  assigned: '{name} está asignado',
  available: 'Roles que se pueden asignar',
  description: 'Descripción',
  done: 'Listo',
  give: 'Asignar {name}',
  giveIt: 'Asignar',
  given: 'Asignado',
  none: 'Aún no hay roles',
  noneFound: 'Ningún rol coincide',
  ofClients: 'Clientes',
  ofRealm: 'El realm',
  owner: 'Roles de',
  role: 'Rol',
  search: 'Buscar roles por nombre',
  take: 'Quitar {name}',
  takeAbout: 'Lo que el rol permite deja de ser posible a partir del próximo token.',
  takeAway: 'Quitar',
  taken: '{name} se ha quitado',
  takeTitle: '¿Quitar {name}?',
};
