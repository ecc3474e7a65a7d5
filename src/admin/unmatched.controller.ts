import { All, Controller, UseFilters } from '@nestjs/common';
import { NotFoundError } from '../shared/errors.js';
import { AdminErrorFilter } from './admin-error.filter.js';

/** Every address below `/admin` that no resource answers (Admin API reference 2.2). */
@Controller('admin')
@UseFilters(AdminErrorFilter)
export class UnmatchedAdminController {
  @All(['', '*'])
  answer(): never {
    throw new NotFoundError('no_such_resource', 'Unable to find matching target resource method');
  }
}
