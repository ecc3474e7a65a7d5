import { applyDecorators, Controller, UseFilters, UseGuards, UseInterceptors } from '@nestjs/common';
import { AdminAudit } from './admin-audit.interceptor.js';
import { AdminErrorFilter } from './admin-error.filter.js';
import { AdminReplies } from './admin-replies.interceptor.js';
import { FlowEdits } from './flow-edits.interceptor.js';
import { AdminGuard } from './admin.guard.js';

/**
 * A controller of the Admin API: guarded, with the reference's replies and errors.
 * @param paths below the realm; several where the same resource stands in several places
 */
export const AdminController = (...paths: readonly string[]): ClassDecorator =>
  guarded(paths.map((path) => `admin/realms/:realm/${path}`));

/** As `AdminController`, for the resources above all realms. */
export const RealmsController = (): ClassDecorator => guarded(['admin/realms']);

/** As `AdminController`, for an address of its own below the server. */
export const ServerController = (path: string): ClassDecorator => guarded([path]);

const guarded = (paths: string[]): ClassDecorator =>
  applyDecorators(
    Controller(paths.map((path) => path.replace(/\/$/, ''))),
    UseGuards(AdminGuard),
    UseInterceptors(AdminReplies, AdminAudit, FlowEdits),
    UseFilters(AdminErrorFilter),
  );
