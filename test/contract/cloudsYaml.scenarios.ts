/** A set of files and variables from which a cloud is resolved. `DIR` in a text is the folder of the scenario. */
export interface Scenario {
  /** By path: `cwd/` is the working directory, `home/` the user's. */
  files?: Record<string, string | Uint8Array>;
  env?: Record<string, string>;
  cloud?: string;
  region?: string;
  /** Both must refuse. */
  refused?: true;
}

const auth = "auth_url: http://k/v3, username: u, password: p";
const lab = (entry: string) => `clouds: {lab: {${entry}}}`;
const inCwd = (entry: string): Scenario => ({ files: { "cwd/clouds.yaml": lab(entry) }, cloud: "lab" });
const variables = {
  OS_AUTH_URL: "http://k/v3",
  OS_USERNAME: "u",
  OS_PASSWORD: "p",
  OS_PROJECT_NAME: "demo",
  OS_USER_DOMAIN_NAME: "Default",
  OS_PROJECT_DOMAIN_ID: "default",
};
const named = (url: string) => lab(`auth: {auth_url: "${url}", username: u, password: p}`);

export const scenarios: Record<string, Scenario> = {
  "a plain entry": inCwd(
    `auth: {${auth}, project_name: demo, user_domain_name: Default, project_domain_id: default}, region_name: RegionOne`,
  ),
  "JSON with tabs": {
    files: {
      "cwd/clouds.json":
        '{\n\t"clouds": {"lab": {"auth": {"auth_url": "http:\\/\\/k", "username": "u", "password": "p"}}}\n}',
    },
    cloud: "lab",
  },
  "the only entry": { files: { "cwd/clouds.yaml": lab(`auth: {${auth}}`) } },
  OS_CLOUD: {
    files: { "cwd/clouds.yaml": `clouds: {a: {auth: {${auth}}}, lab: {auth: {${auth}, project_id: x}}}` },
    env: { OS_CLOUD: "lab" },
  },
  "OS_CLOUD beside other variables": {
    files: { "cwd/clouds.yaml": lab(`auth: {${auth}}, region_name: One`) },
    env: { ...variables, OS_CLOUD: "lab", OS_REGION_NAME: "Two", OS_INTERFACE: "internal" },
  },
  "an unknown cloud": { files: { "cwd/clouds.yaml": lab(`auth: {${auth}}`) }, cloud: "other", refused: true },
  "a name that the variables have taken": {
    files: { "cwd/clouds.yaml": `clouds: {envvars: {auth: {${auth}}}}` },
    env: variables,
    cloud: "envvars",
    refused: true,
  },

  "the working directory before the user's": {
    files: { "cwd/clouds.yaml": named("http://cwd"), "home/.config/openstack/clouds.yaml": named("http://home") },
    cloud: "lab",
  },
  "the user's before the site's": {
    files: {
      "home/.config/openstack/clouds.yaml": named("http://home"),
      "site/openstack/clouds.yaml": named("http://site"),
    },
    env: { XDG_CONFIG_DIRS: "DIR/site" },
    cloud: "lab",
  },
  "XDG_CONFIG_HOME before ~/.config": {
    files: {
      "xdg/openstack/clouds.yaml": named("http://xdg"),
      "home/.config/openstack/clouds.yaml": named("http://home"),
    },
    env: { XDG_CONFIG_HOME: "DIR/xdg" },
    cloud: "lab",
  },
  "~/.config beside XDG_CONFIG_HOME": {
    files: { "home/.config/openstack/clouds.yaml": named("http://home") },
    env: { XDG_CONFIG_HOME: "DIR/xdg" },
    cloud: "lab",
  },
  "the real home of a snap": {
    files: { "snap/.config/openstack/clouds.yaml": named("http://snap"), "home/readme": "" },
    env: { SNAP_REAL_HOME: "DIR/snap" },
    cloud: "lab",
  },
  "the site's folder": {
    files: { "site/openstack/clouds.yaml": named("http://site") },
    env: { XDG_CONFIG_DIRS: "DIR/site" },
    cloud: "lab",
  },
  ".yaml before .yml before .json": {
    files: {
      "cwd/clouds.yml": named("http://yml"),
      "cwd/clouds.json": '{"clouds": {"lab": {"auth": {"auth_url": "http://json"}}}}',
    },
    cloud: "lab",
  },
  "OS_CLIENT_CONFIG_FILE first": {
    files: { "mine.yaml": named("http://mine"), "cwd/clouds.yaml": named("http://cwd") },
    env: { OS_CLIENT_CONFIG_FILE: "DIR/mine.yaml" },
    cloud: "lab",
  },
  "OS_CLIENT_CONFIG_FILE that does not exist": {
    files: { "cwd/clouds.yaml": named("http://cwd") },
    env: { OS_CLIENT_CONFIG_FILE: "DIR/none.yaml" },
    cloud: "lab",
  },
  "a broken file passed over": {
    files: { "cwd/clouds.yaml": "clouds: {lab: [", "home/.config/openstack/clouds.yaml": named("http://home") },
    cloud: "lab",
  },
  "a file that is not UTF-8 passed over": {
    files: {
      "cwd/clouds.yaml": Buffer.from([0xff, 0xfe, 0xff]),
      "home/.config/openstack/clouds.yaml": named("http://home"),
    },
    cloud: "lab",
  },
  "an empty file ends the search": {
    files: { "cwd/clouds.yaml": "", "home/.config/openstack/clouds.yaml": named("http://home") },
    cloud: "lab",
    refused: true,
  },
  "a list at the top": { files: { "cwd/clouds.yaml": "[lab]" }, cloud: "lab", refused: true },
  "no key clouds": { files: { "cwd/clouds.yaml": `lab: {auth: {${auth}}}` }, cloud: "lab", refused: true },

  "secure.yaml over clouds.yaml, from another folder": {
    files: {
      "cwd/clouds.yaml": lab("auth: {auth_url: http://k, username: u, password: open}, region_name: R"),
      "home/.config/openstack/secure.yaml": lab("auth: {password: hidden}"),
    },
    cloud: "lab",
  },
  "an entry that only secure.yaml has": { files: { "cwd/secure.yaml": lab(`auth: {${auth}}`) }, cloud: "lab" },
  OS_CLIENT_SECURE_FILE: {
    files: {
      "cwd/clouds.yaml": lab("auth: {auth_url: http://k, username: u}"),
      "s.yaml": lab("auth: {password: hidden}"),
    },
    env: { OS_CLIENT_SECURE_FILE: "DIR/s.yaml" },
    cloud: "lab",
  },
  "a YAML merge key": {
    files: {
      "cwd/clouds.yaml": `base: &base {auth_url: http://k, username: u, password: p}\nclouds: {lab: {auth: {<<: *base, username: v}}}`,
    },
    cloud: "lab",
  },

  "a profile": {
    files: {
      "cwd/clouds.yaml": lab("profile: vendor, auth: {username: u, password: p}, interface: internal"),
      "home/.config/openstack/clouds-public.yaml":
        "public-clouds: {vendor: {auth: {auth_url: http://vendor, project_name: x}, region_name: VR, interface: admin, cacert: /ca.pem}}",
    },
    cloud: "lab",
  },
  "regions of a profile": {
    files: {
      "cwd/clouds.yaml": lab("profile: vendor, auth: {username: u, password: p}"),
      "cwd/clouds-public.yaml": "public-clouds: {vendor: {auth: {auth_url: http://vendor}, regions: [V1, V2]}}",
    },
    cloud: "lab",
    region: "V2",
  },
  "a profile by its old name": {
    files: {
      "cwd/clouds.yaml": lab("cloud: vendor, auth: {username: u, password: p}"),
      "cwd/clouds-public.yaml": "public-clouds: {vendor: {auth: {auth_url: http://vendor}}}",
    },
    cloud: "lab",
  },
  "an unknown profile beside an auth_url": inCwd(`profile: nobody-knows-it, auth: {${auth}}`),

  "the first of the regions": inCwd(`auth: {${auth}}, regions: [R1, R2], region_name: R2`),
  "a region with values": {
    ...inCwd(
      `auth: {${auth}, project_name: a}, interface: public, regions: [R1, {name: R2, values: {interface: internal, auth: {project_name: b}, cacert: null}}], cacert: /ca`,
    ),
    region: "R2",
  },
  "a region that is not listed": { ...inCwd(`auth: {${auth}}, regions: [R1, R2]`), region: "r2", refused: true },
  "a region entry without a name": { ...inCwd(`auth: {${auth}}, regions: [{values: {}}]`), refused: true },
  "regions with commas": { ...inCwd(`auth: {${auth}}, region_name: "R1,R2"`), region: "R2" },
  "a region for the image service": inCwd(`auth: {${auth}}, region_name: R1, image_region_name: R9`),

  "numbers are texts": inCwd(
    "auth: {auth_url: http://k, username: 1001, password: 123456, project_id: 12345678901234567890}, region_name: 7",
  ),
  "an exponent without a sign is a text": inCwd(
    `auth: {auth_url: http://k, username: u, password: p, project_id: 12345678e9012345}`,
  ),
  "old names for projects": inCwd(`auth: {${auth}, tenant_name: t, tenant_id: i}`),
  "project beats tenant": inCwd(`tenant_name: outside, auth: {${auth}, project_name: inside}`),
  "beside auth beats inside for projects and domains": inCwd(
    `project_name: beside, user_domain_id: beside, auth: {${auth}, project_name: inside, user_domain_id: inside}`,
  ),
  "inside auth beats beside for the user": inCwd(`username: beside, password: beside, auth: {${auth}}`),
  "everything beside auth": inCwd(`${auth}, project_name: demo, user_domain_name: D, project_domain_name: D`),
  "hyphens in keys": inCwd(
    `region-name: R, auth: {auth-url: "http://k", username: u, password: p, project-name: x, user-domain-id: d}`,
  ),
  user_name: inCwd("auth: {auth_url: http://k, user_name: u, password: p}"),
  "a domain beside a project": inCwd(`auth: {${auth}, project_name: x, domain_id: d}`),
  "a domain without a project": inCwd(`auth: {${auth}, domain_name: d, user_domain_id: u}`),
  "a default domain": inCwd(`auth: {${auth}, project_name: x, default_domain_id: d}`),
  "a default domain beside that of the user": inCwd(
    `auth: {${auth}, project_name: x, user_domain_id: u, default_domain_id: d}`,
  ),
  "a system scope": inCwd(`auth: {${auth}, system_scope: all, user_domain_id: d}`),
  "a trust": inCwd(`auth: {${auth}, trust_id: t, user_domain_id: d}`),

  "a token": inCwd("auth_type: token, auth: {auth_url: http://k, token: abc, project_id: x}"),
  "a token beside auth, by its old name": inCwd(
    "auth_type: v3token, auth_token: abc, auth: {auth_url: http://k, token: other}",
  ),
  "an application credential": inCwd(
    "auth_type: v3applicationcredential, auth: {auth_url: http://k, application_credential_id: i, application_credential_secret: s}",
  ),
  "an application credential by name": inCwd(
    "auth_type: v3applicationcredential, auth: {auth_url: http://k, application_credential_name: n, application_credential_secret: s, username: u, user_domain_id: d}",
  ),
  "an endpoint and a token": inCwd("auth_type: admin_token, auth: {endpoint: http://img:9292, token: t}"),
  "an endpoint and a token, by the old name": inCwd("auth_type: token_endpoint, auth: {url: http://img, token: t}"),
  "no authentication": inCwd("auth_type: none, auth: {endpoint: http://img:9292}"),
  "an unknown authentication type": { ...inCwd(`auth_type: v9magic, auth: {${auth}}`), refused: true },
  "no auth_url": { ...inCwd("auth: {username: u, password: p}"), refused: true },

  "a placeholder": inCwd(
    `auth: {auth_url: "https://k.{region_name}.example/v3", username: u, password: "{region_name}"}, region_name: R1`,
  ),
  "a placeholder in an endpoint": inCwd(
    `auth: {${auth}}, region_name: R1, image_endpoint_override: "https://img.{region_name}.example"`,
  ),
  "a placeholder without a value": {
    ...inCwd(`auth: {auth_url: "https://{nothing}/v3", username: u, password: p}`),
    refused: true,
  },
  "a single brace": { ...inCwd(`auth: {auth_url: "https://k/{", username: u, password: p}`), refused: true },
  "doubled braces": inCwd(`auth: {auth_url: "https://k/{{x}}", username: u, password: p}`),
  "interface and its old name": inCwd(`auth: {${auth}}, interface: internal, endpoint_type: admin`),
  "an old name for the image service's interface": inCwd(
    `auth: {${auth}}, interface: internal, image_endpoint_type: admin`,
  ),
  "settings of the image service": inCwd(
    `auth: {${auth}}, image_interface: internal, image_endpoint: http://old, image_endpoint_override: http://img/v2, image_service_type: imagev9, image_service_name: glance`,
  ),
  "an endpoint by its old name": inCwd(`auth: {${auth}}, image_endpoint: http://old`),

  "cacert, cert and key below the home folder": inCwd(`auth: {${auth}}, cacert: ~/ca.pem, cert: ~/c.pem, key: ~/k.pem`),
  "cacert and cert below the working directory": inCwd(`auth: {${auth}}, cacert: ca.pem, cert: c.pem`),
  "verify: no": inCwd(`auth: {${auth}}, verify: no, cacert: /ca.pem`),
  "verify: a file": inCwd(`auth: {${auth}}, verify: /ca.pem`),
  "insecure beats verify": inCwd(`auth: {${auth}}, verify: true, insecure: "TRUE"`),

  "variables alone": { env: { ...variables, OS_REGION_NAME: "R", OS_INTERFACE: "internal", OS_CACERT: "~/ca.pem" } },
  "variables beside a file with one entry": { files: { "cwd/clouds.yaml": named("http://file") }, env: variables },
  "variables that only select": { files: { "cwd/clouds.yaml": named("http://file") }, env: { OS_REGION_NAME: "R" } },
  "variables with old names": {
    env: {
      OS_AUTH_URL: "http://k",
      OS_USER_NAME: "u",
      OS_PASSWORD: "p",
      OS_TENANT_NAME: "t",
      OS_ENDPOINT_TYPE: "internal",
    },
  },
  "an endpoint override among the variables": {
    env: { ...variables, OS_IMAGE_ENDPOINT_OVERRIDE: "http://img:9292/v2" },
  },
  "an application credential among the variables": {
    env: {
      OS_AUTH_TYPE: "v3applicationcredential",
      OS_AUTH_URL: "http://k",
      OS_APPLICATION_CREDENTIAL_ID: "i",
      OS_APPLICATION_CREDENTIAL_SECRET: "s",
    },
  },
  OS_INSECURE: { env: { ...variables, OS_INSECURE: "True" } },
  "a default domain among the variables": {
    env: {
      OS_AUTH_URL: "http://k",
      OS_USERNAME: "u",
      OS_PASSWORD: "p",
      OS_PROJECT_NAME: "x",
      OS_DEFAULT_DOMAIN_NAME: "Default",
    },
  },
  "a domain beside a project among the variables": {
    env: { OS_AUTH_URL: "http://k", OS_USERNAME: "u", OS_PASSWORD: "p", OS_PROJECT_NAME: "x", OS_DOMAIN_NAME: "d" },
  },
  "the name of the variables' cloud": { env: { ...variables, OS_CLOUD_NAME: "mine" }, cloud: "mine" },
  "empty variables count as unset": { env: { ...variables, OS_PROJECT_ID: "", OS_DOMAIN_ID: "", OS_CLOUD: "" } },
};
