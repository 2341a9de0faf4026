// The least that a client can do: pages of 1000, parsed and counted; run by contestants.ts in a process of its own.
const { OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME } = process.env;

async function logIn() {
  const domain = { id: "default" };
  const identity = { methods: ["password"], password: { user: { name: OS_USERNAME, password: OS_PASSWORD, domain } } };
  const auth = { identity, scope: { project: { name: OS_PROJECT_NAME, domain } } };
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${OS_AUTH_URL}/auth/tokens`, {
    method: "POST",
    headers,
    body: JSON.stringify({ auth }),
  });
  const { token } = await response.json();
  const { endpoints } = token.catalog.find(({ type }) => type === "image");
  return { token: response.headers.get("x-subject-token"), url: endpoints[0].url };
}

async function main() {
  const { token, url } = await logIn();
  const started = performance.now();
  let count = 0;
  for (let marker = ""; ; ) {
    const headers = { "x-auth-token": token, accept: "application/json" };
    const { images } = await (await fetch(`${url}/v2/images?limit=1000${marker}`, { headers })).json();
    if (images.length === 0) break;
    count += images.length;
    marker = `&marker=${images.at(-1).id}`;
  }
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(JSON.stringify({ count, seconds, peak: Math.round(process.resourceUsage().maxRSS / 1024) }));
}

void main();
