import type { Translation } from '../../../../kit/i18n/messages.js';
import type { en } from './en.js';

export const es: Translation<typeof en> = {
  about: 'Qué pueden hacer las personas. Un rol puede traer otros consigo.',
  actions: 'Acciones',
  compositesAbout: 'Quien tiene este rol tiene también estos.',
  composites: 'Roles que trae consigo',
  composite: 'Compuesto',
  create: 'Crear rol',
  deleteAbout: 'Quien lo tiene lo pierde, y todo lo que traía.',
  deleteTitle: '¿Eliminar {name}?',
  deleted: 'El rol se ha eliminado',
  delete: 'Eliminar',
  description: 'Descripción',
  edit: 'Editar',
  email: 'Correo',
  name: 'Nombre',
  none: 'Ningún rol coincide',
  roles: 'Roles del realm',
  role: 'Rol',
  saved: 'Guardado',
  search: 'Buscar roles por nombre',
  username: 'Nombre de usuario',
  usersAbout: 'Aquellos a quienes se da directamente, no por un grupo u otro rol.',
  usersNone: 'Nadie tiene este rol directamente',
  users: 'Usuarios con este rol',
};
