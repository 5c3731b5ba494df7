/** A persona's folder, seen by agents as `/workspace`. */

export interface WorkspaceEntry {
  /** `/workspace/…` */
  path: string;
  kind: 'file' | 'folder';
  /** Bytes; 0 for a folder. */
  size: number;
  modifiedAt: Date;
}

export interface Workspace {
  /** The bytes of a file. Throws ToolError for a missing file, a folder, or a path that leads out. */
  read(path: string): Promise<Buffer>;
  /** Writes whole files only (a temporary file, then a rename) and makes the folders needed. Returns the `/workspace/…` path. */
  write(path: string, bytes: Uint8Array | string): Promise<string>;
  /**
   * Removes a file, a link or an empty folder; what is not there is no error. Returns the `/workspace/…` path and whether anything
   * was there. Throws ToolError for a folder that is not empty, the workspace itself, or a path that leads out.
   */
  remove(path: string): Promise<{ path: string; wasThere: boolean }>;
  /** Entries below a folder, sorted by path. */
  list(path: string, options?: { recursive?: boolean }): Promise<WorkspaceEntry[]>;
  /** What is at a path, without reading it. Throws ToolError as `read` does, save that a folder is fine. */
  stat(path: string): Promise<WorkspaceEntry>;
}
