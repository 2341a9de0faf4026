/** How a server is told who asks. All of it is secret. */
export interface SourceCredentials {
  userName?: string | undefined;
  /** Default: empty, where there is a `userName`. */
  password?: string | undefined;
  /** Sent as `Authorization: Bearer …`. */
  token?: string | undefined;
  /** Sent as they are. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** A file on a web server (http or https). User info in the URL counts as user name and password. */
export interface RemoteFile {
  url: string;
  credentials?: SourceCredentials | undefined;
}

/** What a server says of a file without its bytes. */
export interface RemoteFacts {
  /** In bytes. */
  length: number | undefined;
  /** As it was sent, strong or weak. */
  etag: string | undefined;
  /** RFC 3339, in UTC. */
  lastModified: string | undefined;
}
