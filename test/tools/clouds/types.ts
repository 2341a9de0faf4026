/** A user of a cloud under test, scoped to one project. */
export interface Credentials {
  username: string;
  password: string;
  projectName: string;
}

/** A running Keystone and Glance that the suites talk to: glance-local or the real services. Same users everywhere. */
export interface CloudUnderTest {
  name: "local" | "glance-33";
  /** Keystone v3, e.g. `http://127.0.0.1:15000/v3`. */
  authUrl: string;
  /** Glance without `/v2`. */
  imageUrl: string;
  region: string;
  /** Role admin in project `admin`. */
  admin: Credentials;
  /** Roles member and reader in project `demo`. */
  demo: Credentials;
  /** Roles member and reader in project `alt`. */
  alt: Credentials;
  /** Role reader only in project `demo`. */
  reader: Credentials;
}
