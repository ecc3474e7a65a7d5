import { Name } from './members.js';

/** A node of a clustered application, as it registers. */
export class NodeBody {
  static readonly representation = 'Node';
  @Name() node?: string;
}
