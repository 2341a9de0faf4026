import { explain, sourceFailure } from "../../../provider/http/failure";

const coded = (code: string, message = "", more = {}) => Object.assign(new Error(message), { code }, more);
const progress = { host: "glance:9292", begun: false, answered: false };

describe("what an error of the transport means", () => {
  test.each([
    [coded("EAI_AGAIN", "getaddrinfo EAI_AGAIN glance"), false, "CONNECT", "cannot be resolved at the moment"],
    [coded("EHOSTUNREACH"), false, "CONNECT", "no route to the host"],
    [coded("UND_ERR_CONNECT_TIMEOUT"), false, "CONNECT", "nothing answered in time"],
    [coded("EMFILE", "too many open files"), false, "CONNECT", "no connection to glance:9292: too many open files"],
    [coded("UND_ERR_PRX_CONN", "", { cause: coded("ECONNREFUSED") }), false, "CONNECT", "connection refused"],
    [
      coded("UND_ERR_PRX_TLS", "", { cause: coded("CERT_HAS_EXPIRED", "certificate has expired") }),
      false,
      "TLS",
      "certificate has expired",
    ],
    [coded("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"), true, "TLS", "set certFile and keyFile"],
    [coded("ECONNRESET"), true, "CONNECTION_LOST", "broke before an answer came"],
    ["thrown text", true, "CONNECTION_LOST", "broke before an answer came"],
  ])("%p, begun: %p", (error, begun, code, text) => {
    const failure = explain(error, { ...progress, begun });
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(text);
  });
});

test("a source that closes without an end has failed, too", () => {
  expect(sourceFailure(coded("UND_ERR_ABORTED"))).toMatchObject({
    code: "SOURCE",
    message: "the source was closed before its end.",
  });
});
