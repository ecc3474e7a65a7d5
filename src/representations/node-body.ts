import { Name } from './members.js';

/** A node of a clustered application, as it registers. */
export class NodeBody {
  static readonly representation = 'Node';
  static readonly open = true;
  @Name() node?: string;
}
