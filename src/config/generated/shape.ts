// Made by scripts/generate.ts from schemas/sync.schema.json: change those files, then run it again.
// @ts-nocheck
function lengthOf(text) {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
"use strict";
export const validate = validate21;
export default validate21;
const schema6 = {"$id":"urn:boothsync:sync-config:1","title":"boothsync config","type":"object","x-expects":"a map with version, connections, sources and syncs","description":"Which accounts there are (connections), which records (sources), and what becomes of them (syncs).","properties":{"version":{"enum":[1],"x-expects":"1","description":"Version of this language: 1."},"timezone":{"type":"string","pattern":"(?:^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$)|\\$\\{","x-expects":"an IANA time zone such as Europe/London","description":"IANA time zone of local times without an offset, and of schedules; UTC without it.","examples":["Europe/London","UTC"]},"country":{"type":"string","pattern":"(?:^[A-Z]{2}$)|\\$\\{","x-expects":"two capital letters such as GB","description":"Country (ISO 3166, two letters) of phone numbers in national form.","examples":["GB"]},"connections":{"type":"object","x-expects":"a map of names","description":"The API accounts, by name.","patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":{"$ref":"#/definitions/connection"},"propertyNames":{"$ref":"#/definitions/name"}},"sources":{"type":"object","x-expects":"a map of names","description":"The streams of records, by name.","patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":{"$ref":"#/definitions/source"},"propertyNames":{"$ref":"#/definitions/name"}},"syncs":{"description":"What becomes of the records, by name; or a list of files that hold syncs.","if":{"type":"array"},"then":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"A file or glob, relative to this file.","x-expects":"text","examples":["./syncs/*.yaml"]},"x-expects":"a map of syncs, or a list of files"},"else":{"type":"object","x-expects":"a map of syncs, or a list of files","description":"The syncs, by name.","patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":{"$ref":"#/definitions/sync"},"propertyNames":{"$ref":"#/definitions/name"}}},"tables":{"type":"object","x-expects":"a map of names","description":"Look-up tables: `$table(\"hire\", type, \"Other\")`.","patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":{"type":"object","x-expects":"a map of keys to values","description":"One table: key to value.","additionalProperties":{"description":"What the key stands for."}}},"vars":{"type":"object","x-expects":"a map of names to values","description":"Constants that are no secrets: `${NAME}` in values, `$vars.NAME` in expressions.","additionalProperties":{"description":"A constant."}},"store":{"type":"string","pattern":"(?:^(?:sqlite:.+|postgres(?:ql)?://.+)$)|\\$\\{","x-expects":"sqlite:FILE or postgres://…","description":"Where the state is kept; a SQLite file is relative to this file.","default":"sqlite:boothsync.db","examples":["sqlite:boothsync.db","postgres://…"]},"server":{"type":"object","x-expects":"a map with host, port, token","description":"What `boothsync serve` listens on.","properties":{"host":{"type":"string","pattern":"(?:^(?:[^:/\\s]+|\\[?[0-9A-Fa-f:]+\\]?)$)|\\$\\{","description":"Address to listen on; default 127.0.0.1.","x-expects":"a host without its port","examples":["127.0.0.1","0.0.0.0"]},"port":{"anyOf":[{"type":"integer","minimum":0,"maximum":65535},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number from 0 to 65535","description":"Port to listen on; default 8080."},"token":{"type":"string","x-expects":"text","description":"Who bears it may ask the API. Needed to bind another address than this machine's own; empty: nothing but webhooks and health is served."},"bodyLimit":{"$ref":"#/definitions/size","description":"Largest webhook body; default 1MiB.","examples":["1MiB","512KiB"]},"backlog":{"anyOf":[{"type":"integer","minimum":1},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number from 1","description":"Events that may wait before webhooks are answered 429; default 100000."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false},"alerts":{"type":"array","description":"Who hears of what goes wrong.","x-expects":"a list of alerts","items":{"$ref":"#/definitions/alert"}},"log":{"type":"object","x-expects":"a map with level, personalData","description":"What is logged.","properties":{"level":{"anyOf":[{"enum":["trace","debug","info","warn","error","fatal","silent"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of trace, debug, info, warn, error, fatal, silent","x-choices":["trace","debug","info","warn","error","fatal","silent"],"description":"Least level that is logged; default info."},"personalData":{"anyOf":[{"enum":["mask","show"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of mask, show","x-choices":["mask","show"],"description":"Whether email addresses, phone numbers and what else a message repeats of a record are masked in logs and alerts; default mask."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false},"retention":{"type":"object","x-expects":"a map with done, deliveries, dead","description":"How long things are kept.","properties":{"done":{"$ref":"#/definitions/durationOrNever","description":"Finished events; default 30d."},"deliveries":{"$ref":"#/definitions/durationOrNever","description":"Raw webhook deliveries and their ids; default 90d."},"dead":{"$ref":"#/definitions/durationOrNever","description":"Dead letters; default never."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false},"tenants":{"description":"The sets of accounts that this file runs for: a glob of files, or a map with the vars of each.","if":{"type":"object"},"then":{"type":"object","x-expects":"a map of names","description":"The tenants, by name.","patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":{"type":"object","x-expects":"a map with vars","description":"One tenant.","properties":{"vars":{"type":"object","x-expects":"a map of names to values","description":"Values that override the file's vars.","additionalProperties":{"description":"A constant."}}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false}},"else":{"type":"string","minLength":1,"x-expects":"a file or glob, or a map of tenants"}}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["version","connections"],"definitions":{"variable":{"type":"string","pattern":"^\\$\\{[^}]+\\}$","description":"A `${NAME}` that is filled in when something runs."},"name":{"pattern":"^[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]*$","description":"A name: letters, digits, _ and -."},"boolean":{"anyOf":[{"type":"boolean"},{"$ref":"#/definitions/variable"}],"x-expects":"true or false","description":"True or false."},"duration":{"type":"string","pattern":"(?:^(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{","x-expects":"a duration such as 30s, 10m or 24h","description":"A duration: 500ms, 30s, 10m, 24h, 90d.","examples":["30s","10m"]},"positiveDuration":{"type":"string","pattern":"(?:^(?=.*[1-9])(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{","x-expects":"a duration above zero such as 30s, 10m or 24h","description":"A duration above zero: 500ms, 30s, 10m, 24h, 90d.","examples":["30s","10m"]},"signedDuration":{"type":"string","pattern":"(?:^[+-]?\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)$)|\\$\\{","x-expects":"a duration such as -30d or +540d","description":"A time relative to now: -30d, +540d.","examples":["-30d"]},"durationOrNever":{"type":"string","pattern":"(?:^(?:never|\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{","x-expects":"a duration such as 30d, or never","description":"A duration, or never."},"cron":{"type":"string","pattern":"(?:^\\s*\\S+(?:\\s+\\S+){4,5}\\s*$)|\\$\\{","x-expects":"a cron line of five fields such as \"*/10 * * * *\"","description":"A cron line: minute, hour, day, month, weekday.","examples":["*/10 * * * *","0 3 * * 0","30 7 * * 1-5"]},"expression":{"type":"string","minLength":1,"x-expects":"an expression (JSONata)","description":"A JSONata expression."},"text":{"type":["string","number","boolean"],"x-expects":"text","description":"Literal text with optional holes: `{{ JSONata }}`."},"connection":{"type":"object","x-expects":"a map with a type: { type: http, … } or { type: ghl, … }","description":"One API account.","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/definitions/httpConnection"},{"$ref":"#/definitions/ghlConnection"}]},"httpConnection":{"title":"HTTP connection","type":"object","x-expects":"a map with type, baseUrl","description":"Any REST API.","properties":{"type":{"const":"http","description":"This kind: http."},"baseUrl":{"$ref":"#/definitions/url","description":"Address that all paths start from."},"auth":{"$ref":"#/definitions/auth","description":"How the connection proves who it is; default none."},"rateLimit":{"$ref":"#/definitions/rateLimit","description":"How many calls the API allows."},"timeout":{"$ref":"#/definitions/positiveDuration","description":"For each call; default 30s.","examples":["30s"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often its static secret should be replaced; the same under auth.","examples":["90d"]},"fails":{"$ref":"#/definitions/expression","description":"Expression on an answer's body: true means that the answer is an error, whatever its status. Sees `$status` and `$headers`.","examples":["result = \"error\""]},"webhook":{"$ref":"#/definitions/webhookDoor","description":"Takes POST /webhooks/<connection>."},"openapi":{"type":"string","minLength":1,"description":"The API's own OpenAPI document: `validate` then checks paths, parameters and mapped fields.","x-expects":"text","examples":["./their-api.yaml"]},"resources":{"type":"object","x-expects":"a map of names","description":"Things in this API that syncs can write, by name.","patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":{"$ref":"#/definitions/resource"},"propertyNames":{"$ref":"#/definitions/name"}}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","baseUrl"]},"ghlConnection":{"title":"HighLevel connection","type":"object","x-expects":"a map with type, location, auth","description":"A HighLevel account: Version headers, webhooks, signature and limits are built in.","properties":{"type":{"const":"ghl","description":"This kind: ghl."},"location":{"type":"string","minLength":1,"description":"Id of the location (sub-account).","x-expects":"text","examples":["${GHL_LOCATION_ID}"]},"baseUrl":{"$ref":"#/definitions/url","description":"Address of the API; default https://services.leadconnectorhq.com."},"auth":{"$ref":"#/definitions/auth","description":"A private integration token (type token), or OAuth."},"rateLimit":{"$ref":"#/definitions/rateLimit","description":"How many calls the API allows; default 100 in 10s, 200000 a day."},"timeout":{"$ref":"#/definitions/positiveDuration","description":"For each call; default 30s.","examples":["30s"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often its static secret should be replaced; the same under auth.","examples":["90d"]},"fails":{"$ref":"#/definitions/expression","description":"Expression on an answer's body: true means that the answer is an error, whatever its status. Sees `$status` and `$headers`."},"webhook":{"$ref":"#/definitions/webhookDoor","description":"Takes POST /webhooks/<connection>."},"bulk":{"type":"object","x-expects":"a map with tags","description":"How many targets may share one call where they all want the same.","properties":{"tags":{"anyOf":[{"type":"integer","minimum":0},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number from 0","description":"Contacts whose tags one call may change, where HighLevel documents no maximum; default 50. 0 or 1: each by a call of its own."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","location","auth"]},"url":{"type":"string","pattern":"(?:^https?://[^\\s/]+\\S*$)|\\$\\{","x-expects":"an address that begins with https://","description":"An http(s) address.","examples":["https://example.com","${BASE_URL}"]},"rateLimit":{"title":"rate limit","type":"object","x-expects":"a map with requests, per","description":"At most `requests` calls in any window of `per`, and `daily` a day.","properties":{"requests":{"anyOf":[{"type":"integer","minimum":1},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number from 1","description":"Calls in each window."},"per":{"$ref":"#/definitions/positiveDuration","description":"Length of the window.","examples":["10s","1m"]},"daily":{"anyOf":[{"type":"integer","minimum":1},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number from 1","description":"Calls in each day."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["requests","per"]},"auth":{"type":"object","x-expects":"a map with a type, such as { type: bearer, token: … }","description":"How a connection proves who it is.","required":["type"],"properties":{"type":{"description":"The kind of credentials: form, bearer, token, basic, header, query, oauth or none.","defaultSnippets":[{"label":"form","description":"Credentials are fields of each request's form.","body":"form"},{"label":"bearer","description":"Authorization: Bearer.","body":"bearer"},{"label":"token","description":"A private integration token, sent as a bearer token.","body":"token"},{"label":"basic","description":"Authorization: Basic.","body":"basic"},{"label":"header","description":"Credentials are headers.","body":"header"},{"label":"query","description":"Credentials are query parameters.","body":"query"},{"label":"oauth","description":"OAuth 2 with tokens that are refreshed; `boothsync auth login` fetches the first.","body":"oauth"},{"label":"none","description":"No credentials.","body":"none"}]}},"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/definitions/authForm"},{"$ref":"#/definitions/authBearer"},{"$ref":"#/definitions/authToken"},{"$ref":"#/definitions/authBasic"},{"$ref":"#/definitions/authHeader"},{"$ref":"#/definitions/authQuery"},{"$ref":"#/definitions/authOauth"},{"$ref":"#/definitions/authNone"}]},"authForm":{"title":"auth form","type":"object","x-expects":"a map with type, fields","description":"Credentials are fields of each request's form.","properties":{"type":{"const":"form","description":"This kind: form."},"fields":{"$ref":"#/definitions/credentials","description":"The form fields."},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the secret should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","fields"]},"authBearer":{"title":"auth bearer","type":"object","x-expects":"a map with type, token","description":"Authorization: Bearer.","properties":{"type":{"const":"bearer","description":"This kind: bearer."},"token":{"type":"string","minLength":1,"description":"The token.","x-expects":"text","examples":["${NAME}"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the token should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","token"]},"authToken":{"title":"auth token","type":"object","x-expects":"a map with type, token","description":"A private integration token, sent as a bearer token.","properties":{"type":{"const":"token","description":"This kind: token."},"token":{"type":"string","minLength":1,"description":"The token.","x-expects":"text","examples":["${NAME}"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the token should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","token"]},"authBasic":{"title":"auth basic","type":"object","x-expects":"a map with type, username, password","description":"Authorization: Basic.","properties":{"type":{"const":"basic","description":"This kind: basic."},"username":{"type":"string","minLength":1,"description":"The user name.","x-expects":"text","examples":["${NAME}"]},"password":{"type":"string","x-expects":"text","description":"The password."},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the password should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","username","password"]},"authHeader":{"title":"auth header","type":"object","x-expects":"a map with type","description":"Credentials are headers.","properties":{"type":{"const":"header","description":"This kind: header."},"fields":{"$ref":"#/definitions/credentials","description":"The headers."},"name":{"type":"string","minLength":1,"description":"Name of the header, with `value`.","x-expects":"text"},"value":{"type":"string","minLength":1,"description":"Value of the header, with `name`.","x-expects":"text","examples":["${NAME}"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the secret should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"],"allOf":[{"$ref":"#/definitions/fieldsOrPair"}]},"authQuery":{"title":"auth query","type":"object","x-expects":"a map with type","description":"Credentials are query parameters.","properties":{"type":{"const":"query","description":"This kind: query."},"fields":{"$ref":"#/definitions/credentials","description":"The parameters."},"name":{"type":"string","minLength":1,"description":"Name of the parameter, with `value`.","x-expects":"text"},"value":{"type":"string","minLength":1,"description":"Value of the parameter, with `name`.","x-expects":"text","examples":["${NAME}"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the secret should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"],"allOf":[{"$ref":"#/definitions/fieldsOrPair"}]},"fieldsOrPair":{"anyOf":[{"required":["fields"]},{"required":["name","value"]}],"x-message":"this auth names no credentials","x-remedy":"write fields: { X-Api-Key: \"${API_KEY}\" }, or name and value","x-missing":true,"description":"Either `fields`, or `name` and `value`."},"authOauth":{"title":"OAuth","type":"object","x-expects":"a map with type, clientId, clientSecret","description":"OAuth 2 with tokens that are refreshed; `boothsync auth login` fetches the first.","properties":{"type":{"const":"oauth","description":"This kind: oauth."},"clientId":{"type":"string","minLength":1,"description":"Id of the app.","x-expects":"text","examples":["${NAME}"]},"clientSecret":{"type":"string","minLength":1,"description":"Secret of the app.","x-expects":"text","examples":["${NAME}"]},"redirectUri":{"type":"string","pattern":"(?:^https?://[^\\s/]+\\S*$)|\\$\\{","description":"Address that the login returns to; default http://localhost:8976/callback. One on this machine is listened to, of another the code is pasted.","x-expects":"an address that begins with http:// or https://","examples":["http://localhost:8976/callback"]},"scopes":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"A scope.","x-expects":"text"},"x-expects":"a list of scopes","description":"What the app may do."},"authorizeUrl":{"type":"string","minLength":1,"description":"Where the login begins; of HighLevel it is known.","x-expects":"text"},"tokenUrl":{"type":"string","minLength":1,"description":"Where tokens come from; of HighLevel it is known.","x-expects":"text"},"userType":{"anyOf":[{"enum":["Location","Company"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of Location, Company","x-choices":["Location","Company"],"description":"Of HighLevel: whose token is asked for. A company's makes those of its locations."},"clientAuth":{"anyOf":[{"enum":["post","basic"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of post, basic","x-choices":["post","basic"],"description":"How the app's secret is sent: in the form (post), or as HTTP Basic; default post."},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the client secret should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","clientId","clientSecret"]},"authNone":{"title":"auth none","type":"object","x-expects":"a map with type","description":"No credentials.","properties":{"type":{"const":"none","description":"This kind: none."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]},"credentials":{"type":"object","x-expects":"a map of names to secrets","description":"Name to secret.","additionalProperties":{"type":["string","number"],"x-expects":"text","description":"A secret, as `${NAME}`."},"minProperties":1},"size":{"anyOf":[{"type":"integer","minimum":1},{"type":"string","pattern":"(?:^\\d+(?:\\.\\d+)?\\s?(?:B|KiB|MiB|KB|MB|kB)?$)|\\$\\{"}],"x-expects":"a size such as 1MiB or 512KiB"},"webhookDoor":{"type":"object","x-expects":"a map with event, id, verify, bodyLimit","description":"How deliveries are read and verified; expressions see `{ body, headers, query }`.","properties":{"event":{"$ref":"#/definitions/expression","description":"Expression: the event's name.","examples":["body.type"]},"id":{"$ref":"#/definitions/expression","description":"Expression: the delivery's identity; without it deliveries are not deduplicated, records are.","examples":["body.id"]},"verify":{"$ref":"#/definitions/verify","description":"How a delivery proves where it comes from."},"bodyLimit":{"$ref":"#/definitions/size","description":"Largest body of this connection; default `server.bodyLimit`.","examples":["5MiB"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false},"verify":{"type":"object","x-expects":"a map with a type, such as { type: hmac, … }","description":"How a delivery proves where it comes from.","required":["type"],"properties":{"type":{"description":"How deliveries are verified: hmac, token, basic, ed25519, rsa, ghl or none.","defaultSnippets":[{"label":"hmac","description":"A signature with a shared secret.","body":"hmac"},{"label":"token","description":"A secret in a header or in the address.","body":"token"},{"label":"basic","description":"Authorization: Basic.","body":"basic"},{"label":"ed25519","description":"An Ed25519 signature.","body":"ed25519"},{"label":"rsa","description":"An RSA signature with SHA-256.","body":"rsa"},{"label":"ghl","description":"HighLevel's signature, with its key built in.","body":"ghl"},{"label":"none","description":"Deliveries are not verified.","body":"none"}]}},"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/definitions/verifyHmac"},{"$ref":"#/definitions/verifyToken"},{"$ref":"#/definitions/verifyBasic"},{"$ref":"#/definitions/verifyEd25519"},{"$ref":"#/definitions/verifyRsa"},{"$ref":"#/definitions/verifyGhl"},{"$ref":"#/definitions/verifyNone"}]},"verifyHmac":{"title":"verify hmac","type":"object","x-expects":"a map with type, header","description":"A signature with a shared secret.","properties":{"type":{"const":"hmac","description":"This kind: hmac."},"algorithm":{"anyOf":[{"enum":["sha1","sha256","sha512"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of sha1, sha256, sha512","x-choices":["sha1","sha256","sha512"],"description":"Hash; default sha256."},"header":{"type":"string","minLength":1,"description":"Header that holds the signature.","x-expects":"text","examples":["x-signature"]},"encoding":{"anyOf":[{"enum":["hex","base64"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of hex, base64","x-choices":["hex","base64"],"description":"How the signature is written; default hex."},"prefix":{"type":"string","x-expects":"text","description":"Text before the signature, such as `sha256=`."},"format":{"type":"string","pattern":"^(?:[^{}]|\\{(?:signature|timestamp)\\})*\\{signature\\}(?:[^{}]|\\{(?:signature|timestamp)\\})*$|\\$\\{","x-expects":"a form of {signature} and, where there is one, {timestamp}","description":"Form of the header where it holds more than the signature.","examples":["t={timestamp},v1={signature}"]},"signed":{"type":"string","pattern":"^(?:[^{}]|\\{(?:body|timestamp)\\})*\\{body\\}(?:[^{}]|\\{(?:body|timestamp)\\})*$|\\$\\{","x-expects":"a form of {body} and, where there is one, {timestamp}","description":"What is signed; default `{body}`, with a timestamp `{timestamp}.{body}`.","examples":["{timestamp}.{body}"]},"tolerance":{"$ref":"#/definitions/positiveDuration","description":"How old a timestamp may be; default 2h.","examples":["2h"]},"secret":{"type":"string","minLength":1,"description":"The shared secret.","x-expects":"text","examples":["${NAME}"]},"secrets":{"$ref":"#/definitions/secrets","description":"Several secrets, while one is rotated."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","header"],"allOf":[{"$ref":"#/definitions/secretOrSecrets"},{"$ref":"#/definitions/notBothSecrets"}]},"verifyToken":{"title":"verify token","type":"object","x-expects":"a map with type","description":"A secret in a header or in the address.","properties":{"type":{"const":"token","description":"This kind: token."},"header":{"type":"string","minLength":1,"description":"Header that holds the secret; `Bearer ` before it is taken off.","x-expects":"text"},"query":{"type":"string","minLength":1,"description":"Query parameter that holds the secret.","x-expects":"text"},"secret":{"type":"string","minLength":1,"description":"The shared secret.","x-expects":"text","examples":["${NAME}"]},"secrets":{"$ref":"#/definitions/secrets","description":"Several secrets, while one is rotated."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"],"allOf":[{"$ref":"#/definitions/secretOrSecrets"},{"$ref":"#/definitions/notBothSecrets"},{"anyOf":[{"required":["header"]},{"required":["query"]}],"x-message":"verify does not say where the token is","x-remedy":"add header or query with its name","x-missing":true}]},"verifyBasic":{"title":"verify basic","type":"object","x-expects":"a map with type, username, password","description":"Authorization: Basic.","properties":{"type":{"const":"basic","description":"This kind: basic."},"username":{"type":"string","minLength":1,"description":"The user name.","x-expects":"text","examples":["${NAME}"]},"password":{"type":"string","minLength":1,"description":"The password.","x-expects":"text","examples":["${NAME}"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","username","password"]},"verifyEd25519":{"title":"verify ed25519","type":"object","x-expects":"a map with type, header, publicKey","description":"An Ed25519 signature.","properties":{"type":{"const":"ed25519","description":"This kind: ed25519."},"header":{"type":"string","minLength":1,"description":"Header that holds the signature.","x-expects":"text"},"publicKey":{"type":"string","minLength":1,"description":"Public key as PEM.","x-expects":"text"},"encoding":{"anyOf":[{"enum":["hex","base64"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of hex, base64","x-choices":["hex","base64"],"description":"How the signature is written; default base64."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","header","publicKey"]},"verifyRsa":{"title":"verify rsa","type":"object","x-expects":"a map with type, header, publicKey","description":"An RSA signature with SHA-256.","properties":{"type":{"const":"rsa","description":"This kind: rsa."},"header":{"type":"string","minLength":1,"description":"Header that holds the signature.","x-expects":"text"},"publicKey":{"type":"string","minLength":1,"description":"Public key as PEM.","x-expects":"text"},"encoding":{"anyOf":[{"enum":["hex","base64"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of hex, base64","x-choices":["hex","base64"],"description":"How the signature is written; default base64."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","header","publicKey"]},"verifyGhl":{"title":"verify ghl","type":"object","x-expects":"a map with type","description":"HighLevel's signature, with its key built in.","properties":{"type":{"const":"ghl","description":"This kind: ghl."},"publicKey":{"type":"string","minLength":1,"description":"Public key as PEM, instead of the one that is built in.","x-expects":"text"}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]},"verifyNone":{"title":"verify none","type":"object","x-expects":"a map with type","description":"Deliveries are not verified.","properties":{"type":{"const":"none","description":"This kind: none."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]},"secrets":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"A shared secret.","x-expects":"text","examples":["${NAME}"]},"x-expects":"a list of secrets","description":"Several secrets, the newest first."},"secretOrSecrets":{"anyOf":[{"required":["secret"]},{"required":["secrets"]}],"x-message":"verify has no secret","x-remedy":"add secret: \"${NAME}\"","x-missing":true,"description":"Either `secret` or `secrets`."},"notBothSecrets":{"not":{"required":["secret","secrets"]},"x-message":"verify has either secret or secrets","x-remedy":"keep one of the two: secrets lists the new one and the old one while it is rotated","description":"Not both of them."},"resource":{"type":"object","x-expects":"a map with create, update, delete","description":"A thing in this API, with its operations.","properties":{"create":{"$ref":"#/definitions/resourceCall","description":"Creates one; `id` finds its id in the answer."},"update":{"$ref":"#/definitions/resourceCall","description":"Changes one; `{id}` in the path is its id."},"delete":{"$ref":"#/definitions/resourceCall","description":"Deletes one."},"find":{"$ref":"#/definitions/resourceCall","description":"Finds those that may be the same; `records` and `id` read the answer."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false},"resourceCall":{"title":"request","type":"object","x-expects":"a map with path","description":"One call; its texts see the mapped fields.","properties":{"method":{"anyOf":[{"enum":["GET","POST","PUT","PATCH","DELETE"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of GET, POST, PUT, PATCH, DELETE","x-choices":["GET","POST","PUT","PATCH","DELETE"],"description":"HTTP method; GET, or POST where there is a body."},"path":{"$ref":"#/definitions/text","description":"Path below the connection's baseUrl; `{{ }}` holes are filled in and escaped.","examples":["/bookings","/bookings/{{ booking_id }}"]},"query":{"type":"object","x-expects":"a map of names to values","description":"Query parameters, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A parameter's text."}},"headers":{"type":"object","x-expects":"a map of names to values","description":"Request headers, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A header's text."}},"form":{"type":"object","x-expects":"a map of names to values","description":"Body as application/x-www-form-urlencoded, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"multipart":{"type":"object","x-expects":"a map of names to values","description":"Body as multipart/form-data, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"json":{"description":"Body as JSON; the strings in it are texts with `{{ }}` holes."},"id":{"$ref":"#/definitions/expression","description":"Expression on the answer's body, or on a found record: its id.","examples":["data.id"]},"records":{"$ref":"#/definitions/expression","description":"Expression on the answer's body: the records found.","examples":["data"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["path"],"x-message":"a request has one body","x-remedy":"keep one of form, multipart and json","not":{"anyOf":[{"required":["form","multipart"]},{"required":["form","json"]},{"required":["multipart","json"]}]}},"source":{"title":"source","type":"object","x-expects":"a map with connection","description":"A stream of records of a connection, with its triggers.","properties":{"connection":{"type":"string","minLength":1,"description":"The connection that the records come from.","x-expects":"text"},"resource":{"anyOf":[{"enum":["contact","task","note","appointment","opportunity","business"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of contact, task, note, appointment, opportunity, business","x-choices":["contact","task","note","appointment","opportunity","business"],"description":"On a ghl connection: events, key, record and poll are built in."},"sample":{"type":"string","minLength":1,"description":"File with real or made-up records: `validate` then knows the source's fields.","x-expects":"text","examples":["samples/bookings.json"]},"key":{"$ref":"#/definitions/expression","description":"Expression on the record: its stable identity.","examples":["booking_id"]},"let":{"type":"object","x-expects":"a map of names","description":"Names for values of the record, seen as `$name` by all syncs of this source, each also by those below it.","patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":{"$ref":"#/definitions/expression","description":"Expression on the record."},"propertyNames":{"$ref":"#/definitions/letName"}},"updatedAt":{"$ref":"#/definitions/expression","description":"Expression on the record: when it was changed. Tells which of two is newer, and is the poll's cursor.","examples":["updated_at"]},"deleted":{"$ref":"#/definitions/expression","description":"Expression on the record: true means that it was deleted.","examples":["$event = \"task.deleted\""]},"empty":{"anyOf":[{"enum":["keep","missing"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of keep, missing","x-choices":["keep","missing"],"description":"Whether null and \"\" in a record are values (keep) or count as missing (default)."},"partial":{"$ref":"#/definitions/boolean","description":"True: a webhook's record holds only what changed, and is merged over the stored one."},"fetch":{"title":"fetch","type":"object","x-expects":"a map with path","description":"A webhook's record holds only its key: the whole is read by this request.","properties":{"method":{"anyOf":[{"enum":["GET","POST","PUT","PATCH","DELETE"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of GET, POST, PUT, PATCH, DELETE","x-choices":["GET","POST","PUT","PATCH","DELETE"],"description":"HTTP method; GET, or POST where there is a body."},"path":{"$ref":"#/definitions/text","description":"Path below the connection's baseUrl; `{{ }}` holes are filled in and escaped.","examples":["/bookings","/bookings/{{ booking_id }}"]},"query":{"type":"object","x-expects":"a map of names to values","description":"Query parameters, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A parameter's text."}},"headers":{"type":"object","x-expects":"a map of names to values","description":"Request headers, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A header's text."}},"form":{"type":"object","x-expects":"a map of names to values","description":"Body as application/x-www-form-urlencoded, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"multipart":{"type":"object","x-expects":"a map of names to values","description":"Body as multipart/form-data, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"json":{"description":"Body as JSON; the strings in it are texts with `{{ }}` holes."},"record":{"$ref":"#/definitions/expression","description":"Expression on the answer's body: the record; default all of it.","examples":["data"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["path"],"x-message":"a request has one body","x-remedy":"keep one of form, multipart and json","not":{"anyOf":[{"required":["form","multipart"]},{"required":["form","json"]},{"required":["multipart","json"]}]}},"webhook":{"title":"webhook","type":"object","x-expects":"a map with record","description":"Which deliveries of the connection are records of this source.","properties":{"events":{"description":"Names of the events; all without it.","if":{"type":"array"},"then":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"An event's name; * stands for any characters.","x-expects":"text","examples":["task.*"]},"x-expects":"the name of an event, or a list of names"},"else":{"type":"string","minLength":1,"description":"An event's name; * stands for any characters.","x-expects":"text","examples":["task.*"]}},"record":{"$ref":"#/definitions/expression","description":"Expression on `{ body, headers, query }`: the record, or a list of them. Sees `$event`.","examples":["body.data.object"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["record"]},"poll":{"$ref":"#/definitions/poll","description":"How records are read on a schedule."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["connection"],"if":{"required":["resource"]},"else":{"required":["key"]}},"letName":{"pattern":"^(?!(?:event|vars|before|record|result|since|from|to|status|headers)$)[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*$","description":"A name of letters, digits and _, none of the built-in variables."},"poll":{"title":"poll","type":"object","x-expects":"a map with request, records","description":"How records are read on a schedule; without `every` and `schedule` only `run` reads them.","properties":{"every":{"$ref":"#/definitions/positiveDuration","description":"How often; polls at start too.","examples":["10m"]},"schedule":{"$ref":"#/definitions/cron","description":"When, as a cron line; in the file's timezone, else UTC."},"full":{"$ref":"#/definitions/cron","description":"When to read everything, as a cron line: keys that are gone count as deleted.","examples":["0 3 * * 0"]},"overlap":{"$ref":"#/definitions/duration","description":"How much of what was read is read again, for rows that commit late; default 5m.","examples":["5m"]},"window":{"title":"window","type":"object","x-expects":"a map with from, to","description":"Dates to read, relative to now; binds `$from` and `$to`.","properties":{"from":{"$ref":"#/definitions/signedDuration","description":"First date.","examples":["-30d"]},"to":{"$ref":"#/definitions/signedDuration","description":"Last date.","examples":["+540d"]},"step":{"$ref":"#/definitions/positiveDuration","description":"Length of each request's window; default all at once.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["from","to"]},"request":{"title":"request","type":"object","x-expects":"a map with path","description":"What is asked for; its texts see `$since`, `$from` and `$to`.","properties":{"method":{"anyOf":[{"enum":["GET","POST","PUT","PATCH","DELETE"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of GET, POST, PUT, PATCH, DELETE","x-choices":["GET","POST","PUT","PATCH","DELETE"],"description":"HTTP method; GET, or POST where there is a body."},"path":{"$ref":"#/definitions/text","description":"Path below the connection's baseUrl; `{{ }}` holes are filled in and escaped.","examples":["/bookings","/bookings/{{ booking_id }}"]},"query":{"type":"object","x-expects":"a map of names to values","description":"Query parameters, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A parameter's text."}},"headers":{"type":"object","x-expects":"a map of names to values","description":"Request headers, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A header's text."}},"form":{"type":"object","x-expects":"a map of names to values","description":"Body as application/x-www-form-urlencoded, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"multipart":{"type":"object","x-expects":"a map of names to values","description":"Body as multipart/form-data, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"json":{"description":"Body as JSON; the strings in it are texts with `{{ }}` holes."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["path"],"x-message":"a request has one body","x-remedy":"keep one of form, multipart and json","not":{"anyOf":[{"required":["form","multipart"]},{"required":["form","json"]},{"required":["multipart","json"]}]}},"records":{"$ref":"#/definitions/expression","description":"Expression on the answer's body: its records.","examples":["data","bookings.*"]},"next":{"description":"How the next page is asked for; default none.","if":{"type":"object"},"then":{"$ref":"#/definitions/next"},"else":{"enum":["page","offset","link","none"],"x-expects":"page, offset, link, none, or { type: cursor, value: … }"},"defaultSnippets":[{"label":"page","description":"Pages by number; ends at an empty or repeated page.","body":"page"},{"label":"offset","description":"Pages by the number of records read so far.","body":"offset"},{"label":"link","description":"The answer holds the next page's address.","body":"link"},{"label":"none","description":"There is one page.","body":"none"},{"label":"cursor","description":"The answer holds the next page's cursor.","body":{"type":"cursor","value":"${1:meta.nextCursor}"}},{"label":"none","description":"There is one page.","body":"none"}]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["request","records"],"x-message":"a poll has either every or schedule","x-remedy":"keep one of the two","not":{"required":["every","schedule"]}},"next":{"type":"object","x-expects":"a map with a type, such as { type: page }","description":"How the next page is asked for.","required":["type"],"properties":{"type":{"description":"How pages follow each other: page, offset, cursor, link or none.","defaultSnippets":[{"label":"page","description":"Pages by number; ends at an empty or repeated page.","body":"page"},{"label":"offset","description":"Pages by the number of records read so far.","body":"offset"},{"label":"cursor","description":"The answer holds the next page's cursor.","body":"cursor"},{"label":"link","description":"The answer holds the next page's address.","body":"link"},{"label":"none","description":"There is one page.","body":"none"}]}},"discriminator":{"propertyName":"type"},"oneOf":[{"title":"next page","type":"object","x-expects":"a map with type","description":"Pages by number; ends at an empty or repeated page.","properties":{"type":{"const":"page","description":"This kind: page."},"param":{"type":"string","minLength":1,"description":"The parameter; default page.","x-expects":"text"},"start":{"anyOf":[{"type":"integer","minimum":0},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number","description":"The first page; default 1."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]},{"title":"next offset","type":"object","x-expects":"a map with type","description":"Pages by the number of records read so far.","properties":{"type":{"const":"offset","description":"This kind: offset."},"param":{"type":"string","minLength":1,"description":"The parameter; default offset.","x-expects":"text"},"start":{"anyOf":[{"type":"integer","minimum":0},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number","description":"The first offset; default 0."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]},{"title":"next cursor","type":"object","x-expects":"a map with type, value","description":"The answer holds the next page's cursor.","properties":{"type":{"const":"cursor","description":"This kind: cursor."},"param":{"type":"string","minLength":1,"description":"The parameter; default cursor.","x-expects":"text"},"value":{"$ref":"#/definitions/expression","description":"Expression on the answer's body: the next cursor, nothing at the end.","examples":["next_cursor"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","value"]},{"title":"next link","type":"object","x-expects":"a map with type","description":"The answer holds the next page's address.","properties":{"type":{"const":"link","description":"This kind: link."},"value":{"$ref":"#/definitions/expression","description":"Expression on the answer's body: the address; without it, the Link header says it.","examples":["links.next"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]},{"title":"next none","type":"object","x-expects":"a map with type","description":"There is one page.","properties":{"type":{"const":"none","description":"This kind: none."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]}]},"sync":{"description":"One mapping: from a source, to a resource or an action of a connection.","type":"object","x-expects":"a sync: a map with from, to and fields","allOf":[{"$ref":"#/definitions/hints"}],"if":{"required":["call"]},"then":{"$ref":"#/definitions/callSync"},"else":{"$ref":"#/definitions/targetSync"}},"targetSync":{"title":"sync to a resource","type":"object","x-expects":"a map with from, to","description":"A sync that keeps a resource the same.","properties":{"from":{"type":"string","minLength":1,"description":"The source whose records this sync takes.","x-expects":"text"},"when":{"$ref":"#/definitions/expression","description":"Expression on the record: other records are skipped.","examples":["status = \"Confirmed\"","$exists($person)"]},"key":{"$ref":"#/definitions/expression","description":"Expression on the record: the target's identity, where it is not the record's.","examples":["$person"]},"parent":{"description":"The sync whose target is this one's parent: fills its id in, and waits for it.","if":{"type":"object"},"then":{"$ref":"#/definitions/parent"},"else":{"type":"string","x-expects":"the name of a sync, or { sync, key, timeout }"}},"each":{"$ref":"#/definitions/expression","description":"Expression that yields a list: one target for each element, which is what `fields` see.","examples":["extras"]},"enabled":{"$ref":"#/definitions/boolean","description":"False: this sync does nothing; default true."},"was":{"type":"string","minLength":1,"description":"The name that this sync had before: keeps its links.","x-expects":"text"},"to":{"type":"string","pattern":"(?:^[^.\\s]+\\.[^.\\s]+$)|\\$\\{","x-expects":"<connection>.<resource> such as ghl.contact","description":"The resource that is written: `<connection>.<resource>`.","examples":["ghl.contact"]},"fields":{"type":"object","x-expects":"a map of names to values","description":"What the target's fields hold; only those named are touched.","additionalProperties":{"$ref":"#/definitions/field","description":"One field: an expression, a number or boolean, or { value | text | expr, on }."},"properties":{"customFields":{"type":"object","x-expects":"a map of custom fields","description":"Custom fields, by key or name.","additionalProperties":{"$ref":"#/definitions/field","description":"One custom field."},"doNotSuggest":true}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}}},"tags":{"type":"array","x-expects":"a list of tag rules","description":"Tags to add and remove; others are never touched.","items":{"$ref":"#/definitions/tagRule"}},"onDelete":{"$ref":"#/definitions/departure","description":"What becomes of the target when the record is gone: ignore (default), delete or { tag }."},"onLeave":{"$ref":"#/definitions/departure","description":"What becomes of the target when the record no longer satisfies `when`, or is another target's by now: ignore (default), delete or { tag }."},"onMissing":{"anyOf":[{"enum":["create","skip"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of create, skip","x-choices":["create","skip"],"description":"What to do when the target was deleted by hand; default create."},"pair":{"type":"string","minLength":1,"description":"The sync that this one is the way back of.","x-expects":"text"},"conflict":{"anyOf":[{"enum":["newest","source","target"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of newest, source, target","x-choices":["newest","source","target"],"description":"Whose change wins in a pair."},"quiet":{"$ref":"#/definitions/duration","description":"Least time between two writes to one target; default 2s.","examples":["2s"]},"guard":{"type":"object","x-expects":"a map with change, delete","description":"Stops a run that would change or delete more than this.","properties":{"change":{"$ref":"#/definitions/guardLimit","description":"Share or number of changes."},"delete":{"$ref":"#/definitions/guardLimit","description":"Share or number of deletes; default half of a full read."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false},"mode":{"anyOf":[{"enum":["apply","report"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of apply, report","x-choices":["apply","report"],"description":"Report: nothing is written, differences are reported."},"match":{"type":"array","items":{"type":"string","minLength":1,"description":"A field.","x-expects":"text"},"x-expects":"a list of fields","description":"The fields that a child is found by."},"mark":{"$ref":"#/definitions/boolean","description":"True: a short mark in the text, to be found by."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["from","to"]},"callSync":{"title":"sync that calls","type":"object","x-expects":"a map with from, call","description":"A sync that runs an action: any operation of an API.","properties":{"from":{"type":"string","minLength":1,"description":"The source whose records this sync takes.","x-expects":"text"},"when":{"$ref":"#/definitions/expression","description":"Expression on the record: other records are skipped.","examples":["status = \"Confirmed\"","$exists($person)"]},"key":{"$ref":"#/definitions/expression","description":"Expression on the record: the target's identity, where it is not the record's.","examples":["$person"]},"parent":{"description":"The sync whose target is this one's parent: fills its id in, and waits for it.","if":{"type":"object"},"then":{"$ref":"#/definitions/parent"},"else":{"type":"string","x-expects":"the name of a sync, or { sync, key, timeout }"}},"each":{"$ref":"#/definitions/expression","description":"Expression that yields a list: one target for each element, which is what `fields` see.","examples":["extras"]},"enabled":{"$ref":"#/definitions/boolean","description":"False: this sync does nothing; default true."},"was":{"type":"string","minLength":1,"description":"The name that this sync had before: keeps its links.","x-expects":"text"},"to":{"not":{},"x-message":"a sync has either to or call","x-remedy":"keep one of the two","description":"Only without `call`."},"call":{"type":"string","pattern":"(?:^[^.\\s]+(?:\\.[^.\\s]+){1,2}$)|\\$\\{","x-expects":"<connection>.<operationId>","description":"The operation that is run: `<connection>.<operationId>`.","examples":["ghl.add-contact-to-workflow"]},"with":{"type":"object","x-expects":"a map of names to values","description":"Path, query and body parameters alike.","additionalProperties":{"$ref":"#/definitions/field","description":"One parameter."}},"once":{"anyOf":[{"enum":["per-key"]},{"$ref":"#/definitions/variable"}],"x-expects":"per-key","description":"per-key: once for each key, whatever changes."},"initial":{"anyOf":[{"enum":["skip","run"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of skip, run","x-choices":["skip","run"],"description":"What of records that are there at the first import; default skip."},"repeat":{"anyOf":[{"enum":["safe"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of safe","x-choices":["safe"],"description":"safe: the operation may be repeated when in doubt."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["from","call"]},"parent":{"title":"parent","type":"object","x-expects":"a map with sync","description":"The parent in full.","properties":{"sync":{"type":"string","minLength":1,"description":"The sync whose target is the parent.","x-expects":"text"},"key":{"$ref":"#/definitions/expression","description":"Expression on the record: the parent's key; default the parent that this record has there."},"timeout":{"$ref":"#/definitions/positiveDuration","description":"How long to wait for it; default 24h.","examples":["24h"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["sync"]},"guardLimit":{"anyOf":[{"type":"integer","minimum":0},{"type":"string","pattern":"(?:^(?:100|\\d{1,2}(?:\\.\\d+)?)%$)|\\$\\{"}],"x-expects":"a number or a share such as 30%","description":"A number or a share."},"departure":{"if":{"type":"object"},"then":{"title":"tag","type":"object","x-expects":"a map with tag","description":"A tag to add.","properties":{"tag":{"$ref":"#/definitions/text","description":"The tag, a text."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["tag"]},"else":{"anyOf":[{"enum":["ignore","delete"]},{"$ref":"#/definitions/variable"}],"x-expects":"ignore, delete or { tag: … }","x-choices":["ignore","delete"],"description":"ignore, delete or { tag }."},"description":"ignore, delete or { tag }.","defaultSnippets":[{"label":"ignore","description":"The target stays as it is.","body":"ignore"},{"label":"delete","description":"The target is deleted.","body":"delete"},{"label":"tag","description":"The target gets a tag.","body":{"tag":"${1:deleted}"}}]},"field":{"description":"A string is an expression, a number or boolean is itself; { value } is JSON verbatim, { text } is text with holes, { expr } an expression.","if":{"type":"object"},"then":{"$ref":"#/definitions/fieldRule"},"else":{"type":["string","number","boolean"],"minLength":1,"x-expects":"an expression, a number, a boolean, or { value | text | expr: … }"}},"fieldRule":{"type":"object","x-expects":"a map with value, text, expr","description":"A field in full.","properties":{"value":{"description":"Any JSON, verbatim; null clears the field."},"text":{"$ref":"#/definitions/text","description":"Text with `{{ }}` holes.","examples":["Hi {{ first_name }}"]},"expr":{"$ref":"#/definitions/expression","description":"An expression."},"on":{"anyOf":[{"enum":["always","create","empty"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of always, create, empty","x-choices":["always","create","empty"],"description":"When it is written: always (default), create (then people own it), empty (only where the target has nothing)."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"oneOf":[{"required":["value"]},{"required":["text"]},{"required":["expr"]}],"x-message":"a field takes one of value, text and expr","x-remedy":"write one of { value: … }, { text: … } and { expr: … }","x-missing":true},"tagRule":{"description":"One rule: which tags to add or remove, and when.","if":{"type":"object"},"then":{"type":"object","x-expects":"a map with when, add, remove","description":"A rule in full.","properties":{"when":{"$ref":"#/definitions/expression","description":"Expression on the record: when the tags are added or removed; default always."},"add":{"$ref":"#/definitions/tagTexts","description":"Tags to add: a text or a list of texts."},"remove":{"$ref":"#/definitions/tagTexts","description":"Tags to remove: a text or a list of texts."},"else":{"anyOf":[{"enum":["remove"]},{"$ref":"#/definitions/variable"}],"x-expects":"remove","description":"remove: this rule owns the tags that it added, and removes what it no longer yields."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"anyOf":[{"required":["add"]},{"required":["remove"]}],"x-message":"a tag rule adds or removes something","x-remedy":"write add: or remove: with tags","x-missing":true},"else":{"type":["string","number"],"x-expects":"a tag, or { when, add, remove, else }"}},"tagTexts":{"description":"A tag or a list of tags.","if":{"type":"array"},"then":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/tag","description":"A tag, a text."},"x-expects":"a tag or a list of tags"},"else":{"$ref":"#/definitions/tag","description":"A tag, a text."}},"tag":{"type":["string","number","boolean"],"minLength":1,"x-expects":"text","description":"A tag: literal text with optional holes: `{{ JSONata }}`."},"alert":{"title":"alert","type":"object","x-expects":"a map with on, notify","description":"Who hears of what.","properties":{"on":{"type":"array","minItems":1,"items":{"anyOf":[{"enum":["dead-letter","auth-failed","auth-due","quota","lag","poll-failed","guard","drift"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of dead-letter, auth-failed, auth-due, quota, lag, poll-failed, guard, drift","x-choices":["dead-letter","auth-failed","auth-due","quota","lag","poll-failed","guard","drift"],"description":"A cause."},"x-expects":"a list of causes","description":"What is told: each cause once while it lasts, the first within a second, what follows within 5m together."},"over":{"$ref":"#/definitions/duration","description":"Of lag: how long the oldest event may be due and not delivered; default 10m.","examples":["10m"]},"notify":{"$ref":"#/definitions/notify","description":"Who is told, and how."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["on","notify"]},"notify":{"type":"object","x-expects":"a map with a type: webhook, email or command","description":"Who is told, and how.","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"title":"notify webhook","type":"object","x-expects":"a map with type, url","description":"A POST to an address; an empty one turns the alert off.","properties":{"type":{"const":"webhook","description":"This kind: webhook."},"url":{"type":"string","x-expects":"an address","description":"The address; empty: this alert is off."},"format":{"anyOf":[{"enum":["json","slack"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of json, slack","x-choices":["json","slack"],"description":"Form of the message: JSON with all that is known, or the text that Slack takes; default json."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","url"]},{"title":"notify email","type":"object","x-expects":"a map with type, to, smtp","description":"A mail.","properties":{"type":{"const":"email","description":"This kind: email."},"to":{"description":"Who gets it.","if":{"type":"array"},"then":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"An address.","x-expects":"text"},"x-expects":"an address or a list of them"},"else":{"type":"string","minLength":1,"description":"An address.","x-expects":"text"}},"smtp":{"type":"string","description":"The mail server: smtp://USER:PASSWORD@HOST:587, or smtps:// on port 465; empty: this alert is off.","x-expects":"text","examples":["${SMTP_URL}"]},"from":{"type":"string","minLength":1,"description":"The sender; default the user of smtp where that is an address, else who gets it.","x-expects":"text"}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","to","smtp"]},{"title":"notify command","type":"object","x-expects":"a map with type, run","description":"A program on this machine.","properties":{"type":{"const":"command","description":"This kind: command."},"run":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"The program, then its arguments.","x-expects":"text"},"x-expects":"a list: the program and its arguments","description":"The program and its arguments, started in the folder of the config without a shell; the alert is JSON on its standard input."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","run"]}]},"hints":{}}};
const func2 = Object.prototype.hasOwnProperty;
const func4 = lengthOf;
const pattern0 = new RegExp("^x-", "u");
const pattern1 = new RegExp("(?:^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$)|\\$\\{", "u");
const pattern2 = new RegExp("(?:^[A-Z]{2}$)|\\$\\{", "u");
const pattern65 = new RegExp("(?:^(?:sqlite:.+|postgres(?:ql)?://.+)$)|\\$\\{", "u");
const pattern67 = new RegExp("(?:^(?:[^:/\\s]+|\\[?[0-9A-Fa-f:]+\\]?)$)|\\$\\{", "u");
const schema7 = {"pattern":"^[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]*$","description":"A name: letters, digits, _ and -."};
const pattern3 = new RegExp("^[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]*$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern3.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]*$"},message:"must match pattern \""+"^[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]*$"+"\"",schema:"^[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]*$",parentSchema:schema7,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"object","x-expects":"a map with a type: { type: http, … } or { type: ghl, … }","description":"One API account.","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/definitions/httpConnection"},{"$ref":"#/definitions/ghlConnection"}]};
const schema9 = {"title":"HTTP connection","type":"object","x-expects":"a map with type, baseUrl","description":"Any REST API.","properties":{"type":{"const":"http","description":"This kind: http."},"baseUrl":{"$ref":"#/definitions/url","description":"Address that all paths start from."},"auth":{"$ref":"#/definitions/auth","description":"How the connection proves who it is; default none."},"rateLimit":{"$ref":"#/definitions/rateLimit","description":"How many calls the API allows."},"timeout":{"$ref":"#/definitions/positiveDuration","description":"For each call; default 30s.","examples":["30s"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often its static secret should be replaced; the same under auth.","examples":["90d"]},"fails":{"$ref":"#/definitions/expression","description":"Expression on an answer's body: true means that the answer is an error, whatever its status. Sees `$status` and `$headers`.","examples":["result = \"error\""]},"webhook":{"$ref":"#/definitions/webhookDoor","description":"Takes POST /webhooks/<connection>."},"openapi":{"type":"string","minLength":1,"description":"The API's own OpenAPI document: `validate` then checks paths, parameters and mapped fields.","x-expects":"text","examples":["./their-api.yaml"]},"resources":{"type":"object","x-expects":"a map of names","description":"Things in this API that syncs can write, by name.","patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":{"$ref":"#/definitions/resource"},"propertyNames":{"$ref":"#/definitions/name"}}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","baseUrl"]};
const schema10 = {"type":"string","pattern":"(?:^https?://[^\\s/]+\\S*$)|\\$\\{","x-expects":"an address that begins with https://","description":"An http(s) address.","examples":["https://example.com","${BASE_URL}"]};
const pattern6 = new RegExp("(?:^https?://[^\\s/]+\\S*$)|\\$\\{", "u");

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern6.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "(?:^https?://[^\\s/]+\\S*$)|\\$\\{"},message:"must match pattern \""+"(?:^https?://[^\\s/]+\\S*$)|\\$\\{"+"\"",schema:"(?:^https?://[^\\s/]+\\S*$)|\\$\\{",parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema10.type,parentSchema:schema10,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"object","x-expects":"a map with a type, such as { type: bearer, token: … }","description":"How a connection proves who it is.","required":["type"],"properties":{"type":{"description":"The kind of credentials: form, bearer, token, basic, header, query, oauth or none.","defaultSnippets":[{"label":"form","description":"Credentials are fields of each request's form.","body":"form"},{"label":"bearer","description":"Authorization: Bearer.","body":"bearer"},{"label":"token","description":"A private integration token, sent as a bearer token.","body":"token"},{"label":"basic","description":"Authorization: Basic.","body":"basic"},{"label":"header","description":"Credentials are headers.","body":"header"},{"label":"query","description":"Credentials are query parameters.","body":"query"},{"label":"oauth","description":"OAuth 2 with tokens that are refreshed; `boothsync auth login` fetches the first.","body":"oauth"},{"label":"none","description":"No credentials.","body":"none"}]}},"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/definitions/authForm"},{"$ref":"#/definitions/authBearer"},{"$ref":"#/definitions/authToken"},{"$ref":"#/definitions/authBasic"},{"$ref":"#/definitions/authHeader"},{"$ref":"#/definitions/authQuery"},{"$ref":"#/definitions/authOauth"},{"$ref":"#/definitions/authNone"}]};
const schema12 = {"title":"auth form","type":"object","x-expects":"a map with type, fields","description":"Credentials are fields of each request's form.","properties":{"type":{"const":"form","description":"This kind: form."},"fields":{"$ref":"#/definitions/credentials","description":"The form fields."},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the secret should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","fields"]};
const schema13 = {"type":"object","x-expects":"a map of names to secrets","description":"Name to secret.","additionalProperties":{"type":["string","number"],"x-expects":"text","description":"A secret, as `${NAME}`."},"minProperties":1};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
let data0 = data[key0];
if((typeof data0 !== "string") && (!(typeof data0 == "number"))){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: schema13.additionalProperties.type},message:"must be string,number",schema:schema13.additionalProperties.type,parentSchema:schema13.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema13.type,parentSchema:schema13,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate30.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"string","pattern":"(?:^(?=.*[1-9])(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{","x-expects":"a duration above zero such as 30s, 10m or 24h","description":"A duration above zero: 500ms, 30s, 10m, 24h, 90d.","examples":["30s","10m"]};
const pattern8 = new RegExp("(?:^(?=.*[1-9])(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{", "u");

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern8.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "(?:^(?=.*[1-9])(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{"},message:"must match pattern \""+"(?:^(?=.*[1-9])(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{"+"\"",schema:"(?:^(?=.*[1-9])(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{",parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema14.type,parentSchema:schema14,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}


function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.fields === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "fields"},message:"must have required property '"+"fields"+"'",schema:schema12.required,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "fields")) || (key0 === "rotateEvery")) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("form" !== data0){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "form"},message:"must be equal to constant",schema:"form",parentSchema:schema12.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.fields !== undefined){
if(!(validate30(data.fields, {instancePath:instancePath+"/fields",parentData:data,parentDataProperty:"fields",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.rotateEvery !== undefined){
if(!(validate32(data.rotateEvery, {instancePath:instancePath+"/rotateEvery",parentData:data,parentDataProperty:"rotateEvery",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema12.type,parentSchema:schema12,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}

const schema15 = {"title":"auth bearer","type":"object","x-expects":"a map with type, token","description":"Authorization: Bearer.","properties":{"type":{"const":"bearer","description":"This kind: bearer."},"token":{"type":"string","minLength":1,"description":"The token.","x-expects":"text","examples":["${NAME}"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the token should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","token"]};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema15.required,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.token === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "token"},message:"must have required property '"+"token"+"'",schema:schema15.required,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "token")) || (key0 === "rotateEvery")) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("bearer" !== data0){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "bearer"},message:"must be equal to constant",schema:"bearer",parentSchema:schema15.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.token !== undefined){
let data1 = data.token;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err4 = {instancePath:instancePath+"/token",schemaPath:"#/properties/token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema15.properties.token,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/token",schemaPath:"#/properties/token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema15.properties.token.type,parentSchema:schema15.properties.token,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.rotateEvery !== undefined){
if(!(validate32(data.rotateEvery, {instancePath:instancePath+"/rotateEvery",parentData:data,parentDataProperty:"rotateEvery",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema15.type,parentSchema:schema15,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}

const schema16 = {"title":"auth token","type":"object","x-expects":"a map with type, token","description":"A private integration token, sent as a bearer token.","properties":{"type":{"const":"token","description":"This kind: token."},"token":{"type":"string","minLength":1,"description":"The token.","x-expects":"text","examples":["${NAME}"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the token should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","token"]};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema16.required,parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.token === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "token"},message:"must have required property '"+"token"+"'",schema:schema16.required,parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "token")) || (key0 === "rotateEvery")) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("token" !== data0){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "token"},message:"must be equal to constant",schema:"token",parentSchema:schema16.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.token !== undefined){
let data1 = data.token;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err4 = {instancePath:instancePath+"/token",schemaPath:"#/properties/token/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema16.properties.token,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/token",schemaPath:"#/properties/token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema16.properties.token.type,parentSchema:schema16.properties.token,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.rotateEvery !== undefined){
if(!(validate32(data.rotateEvery, {instancePath:instancePath+"/rotateEvery",parentData:data,parentDataProperty:"rotateEvery",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema16.type,parentSchema:schema16,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate36.errors = vErrors;
return errors === 0;
}

const schema17 = {"title":"auth basic","type":"object","x-expects":"a map with type, username, password","description":"Authorization: Basic.","properties":{"type":{"const":"basic","description":"This kind: basic."},"username":{"type":"string","minLength":1,"description":"The user name.","x-expects":"text","examples":["${NAME}"]},"password":{"type":"string","x-expects":"text","description":"The password."},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the password should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","username","password"]};

function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema17.required,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.username === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "username"},message:"must have required property '"+"username"+"'",schema:schema17.required,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.password === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "password"},message:"must have required property '"+"password"+"'",schema:schema17.required,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "type") || (key0 === "username")) || (key0 === "password")) || (key0 === "rotateEvery")) || (pattern0.test(key0)))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("basic" !== data0){
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "basic"},message:"must be equal to constant",schema:"basic",parentSchema:schema17.properties.type,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.username !== undefined){
let data1 = data.username;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err5 = {instancePath:instancePath+"/username",schemaPath:"#/properties/username/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema17.properties.username,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/username",schemaPath:"#/properties/username/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.properties.username.type,parentSchema:schema17.properties.username,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.password !== undefined){
let data2 = data.password;
if(typeof data2 !== "string"){
const err7 = {instancePath:instancePath+"/password",schemaPath:"#/properties/password/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema17.properties.password.type,parentSchema:schema17.properties.password,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.rotateEvery !== undefined){
if(!(validate32(data.rotateEvery, {instancePath:instancePath+"/rotateEvery",parentData:data,parentDataProperty:"rotateEvery",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema17.type,parentSchema:schema17,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate38.errors = vErrors;
return errors === 0;
}

const schema18 = {"title":"auth header","type":"object","x-expects":"a map with type","description":"Credentials are headers.","properties":{"type":{"const":"header","description":"This kind: header."},"fields":{"$ref":"#/definitions/credentials","description":"The headers."},"name":{"type":"string","minLength":1,"description":"Name of the header, with `value`.","x-expects":"text"},"value":{"type":"string","minLength":1,"description":"Value of the header, with `name`.","x-expects":"text","examples":["${NAME}"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the secret should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"],"allOf":[{"$ref":"#/definitions/fieldsOrPair"}]};
const schema19 = {"anyOf":[{"required":["fields"]},{"required":["name","value"]}],"x-message":"this auth names no credentials","x-remedy":"write fields: { X-Api-Key: \"${API_KEY}\" }, or name and value","x-missing":true,"description":"Either `fields`, or `name` and `value`."};

function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.fields === undefined){
const err0 = {instancePath,schemaPath:"#/anyOf/0/required",keyword:"required",params:{missingProperty: "fields"},message:"must have required property '"+"fields"+"'",schema:schema19.anyOf[0].required,parentSchema:schema19.anyOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
if(!valid0){
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err1 = {instancePath,schemaPath:"#/anyOf/1/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema19.anyOf[1].required,parentSchema:schema19.anyOf[1],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.value === undefined){
const err2 = {instancePath,schemaPath:"#/anyOf/1/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'",schema:schema19.anyOf[1].required,parentSchema:schema19.anyOf[1],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
valid0 = valid0 || _valid0;
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema19.anyOf,parentSchema:schema19,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate41.errors = vErrors;
return errors === 0;
}


function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(!(validate41(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
errors = vErrors.length;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema18.required,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "type") || (key0 === "fields")) || (key0 === "name")) || (key0 === "value")) || (key0 === "rotateEvery")) || (pattern0.test(key0)))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("header" !== data0){
const err2 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "header"},message:"must be equal to constant",schema:"header",parentSchema:schema18.properties.type,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.fields !== undefined){
if(!(validate30(data.fields, {instancePath:instancePath+"/fields",parentData:data,parentDataProperty:"fields",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
let data2 = data.name;
if(typeof data2 === "string"){
if(func4(data2) < 1){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema18.properties.name,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.properties.name.type,parentSchema:schema18.properties.name,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.value !== undefined){
let data3 = data.value;
if(typeof data3 === "string"){
if(func4(data3) < 1){
const err5 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema18.properties.value,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema18.properties.value.type,parentSchema:schema18.properties.value,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.rotateEvery !== undefined){
if(!(validate32(data.rotateEvery, {instancePath:instancePath+"/rotateEvery",parentData:data,parentDataProperty:"rotateEvery",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema18.type,parentSchema:schema18,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate40.errors = vErrors;
return errors === 0;
}

const schema20 = {"title":"auth query","type":"object","x-expects":"a map with type","description":"Credentials are query parameters.","properties":{"type":{"const":"query","description":"This kind: query."},"fields":{"$ref":"#/definitions/credentials","description":"The parameters."},"name":{"type":"string","minLength":1,"description":"Name of the parameter, with `value`.","x-expects":"text"},"value":{"type":"string","minLength":1,"description":"Value of the parameter, with `name`.","x-expects":"text","examples":["${NAME}"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the secret should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"],"allOf":[{"$ref":"#/definitions/fieldsOrPair"}]};

function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(!(validate41(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
errors = vErrors.length;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema20.required,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "type") || (key0 === "fields")) || (key0 === "name")) || (key0 === "value")) || (key0 === "rotateEvery")) || (pattern0.test(key0)))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("query" !== data0){
const err2 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "query"},message:"must be equal to constant",schema:"query",parentSchema:schema20.properties.type,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.fields !== undefined){
if(!(validate30(data.fields, {instancePath:instancePath+"/fields",parentData:data,parentDataProperty:"fields",rootData}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
if(data.name !== undefined){
let data2 = data.name;
if(typeof data2 === "string"){
if(func4(data2) < 1){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema20.properties.name,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.name.type,parentSchema:schema20.properties.name,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.value !== undefined){
let data3 = data.value;
if(typeof data3 === "string"){
if(func4(data3) < 1){
const err5 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema20.properties.value,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/value",schemaPath:"#/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema20.properties.value.type,parentSchema:schema20.properties.value,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.rotateEvery !== undefined){
if(!(validate32(data.rotateEvery, {instancePath:instancePath+"/rotateEvery",parentData:data,parentDataProperty:"rotateEvery",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema20.type,parentSchema:schema20,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate45.errors = vErrors;
return errors === 0;
}

const schema21 = {"title":"OAuth","type":"object","x-expects":"a map with type, clientId, clientSecret","description":"OAuth 2 with tokens that are refreshed; `boothsync auth login` fetches the first.","properties":{"type":{"const":"oauth","description":"This kind: oauth."},"clientId":{"type":"string","minLength":1,"description":"Id of the app.","x-expects":"text","examples":["${NAME}"]},"clientSecret":{"type":"string","minLength":1,"description":"Secret of the app.","x-expects":"text","examples":["${NAME}"]},"redirectUri":{"type":"string","pattern":"(?:^https?://[^\\s/]+\\S*$)|\\$\\{","description":"Address that the login returns to; default http://localhost:8976/callback. One on this machine is listened to, of another the code is pasted.","x-expects":"an address that begins with http:// or https://","examples":["http://localhost:8976/callback"]},"scopes":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"A scope.","x-expects":"text"},"x-expects":"a list of scopes","description":"What the app may do."},"authorizeUrl":{"type":"string","minLength":1,"description":"Where the login begins; of HighLevel it is known.","x-expects":"text"},"tokenUrl":{"type":"string","minLength":1,"description":"Where tokens come from; of HighLevel it is known.","x-expects":"text"},"userType":{"anyOf":[{"enum":["Location","Company"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of Location, Company","x-choices":["Location","Company"],"description":"Of HighLevel: whose token is asked for. A company's makes those of its locations."},"clientAuth":{"anyOf":[{"enum":["post","basic"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of post, basic","x-choices":["post","basic"],"description":"How the app's secret is sent: in the form (post), or as HTTP Basic; default post."},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often the client secret should be replaced.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","clientId","clientSecret"]};
const schema22 = {"type":"string","pattern":"^\\$\\{[^}]+\\}$","description":"A `${NAME}` that is filled in when something runs."};
const pattern16 = new RegExp("^\\$\\{[^}]+\\}$", "u");

function validate50(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern16.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^\\$\\{[^}]+\\}$"},message:"must match pattern \""+"^\\$\\{[^}]+\\}$"+"\"",schema:"^\\$\\{[^}]+\\}$",parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema22.type,parentSchema:schema22,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate50.errors = vErrors;
return errors === 0;
}


function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema21.required,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.clientId === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "clientId"},message:"must have required property '"+"clientId"+"'",schema:schema21.required,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.clientSecret === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "clientSecret"},message:"must have required property '"+"clientSecret"+"'",schema:schema21.required,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema21.properties, key0)) || (pattern0.test(key0)))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("oauth" !== data0){
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "oauth"},message:"must be equal to constant",schema:"oauth",parentSchema:schema21.properties.type,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.clientId !== undefined){
let data1 = data.clientId;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err5 = {instancePath:instancePath+"/clientId",schemaPath:"#/properties/clientId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema21.properties.clientId,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/clientId",schemaPath:"#/properties/clientId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.clientId.type,parentSchema:schema21.properties.clientId,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.clientSecret !== undefined){
let data2 = data.clientSecret;
if(typeof data2 === "string"){
if(func4(data2) < 1){
const err7 = {instancePath:instancePath+"/clientSecret",schemaPath:"#/properties/clientSecret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema21.properties.clientSecret,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/clientSecret",schemaPath:"#/properties/clientSecret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.clientSecret.type,parentSchema:schema21.properties.clientSecret,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.redirectUri !== undefined){
let data3 = data.redirectUri;
if(typeof data3 === "string"){
if(!pattern6.test(data3)){
const err9 = {instancePath:instancePath+"/redirectUri",schemaPath:"#/properties/redirectUri/pattern",keyword:"pattern",params:{pattern: "(?:^https?://[^\\s/]+\\S*$)|\\$\\{"},message:"must match pattern \""+"(?:^https?://[^\\s/]+\\S*$)|\\$\\{"+"\"",schema:"(?:^https?://[^\\s/]+\\S*$)|\\$\\{",parentSchema:schema21.properties.redirectUri,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/redirectUri",schemaPath:"#/properties/redirectUri/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.redirectUri.type,parentSchema:schema21.properties.redirectUri,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.scopes !== undefined){
let data4 = data.scopes;
if(Array.isArray(data4)){
if(data4.length < 1){
const err11 = {instancePath:instancePath+"/scopes",schemaPath:"#/properties/scopes/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema21.properties.scopes,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(func4(data5) < 1){
const err12 = {instancePath:instancePath+"/scopes/" + i0,schemaPath:"#/properties/scopes/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema21.properties.scopes.items,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/scopes/" + i0,schemaPath:"#/properties/scopes/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.scopes.items.type,parentSchema:schema21.properties.scopes.items,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/scopes",schemaPath:"#/properties/scopes/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema21.properties.scopes.type,parentSchema:schema21.properties.scopes,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.authorizeUrl !== undefined){
let data6 = data.authorizeUrl;
if(typeof data6 === "string"){
if(func4(data6) < 1){
const err15 = {instancePath:instancePath+"/authorizeUrl",schemaPath:"#/properties/authorizeUrl/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema21.properties.authorizeUrl,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/authorizeUrl",schemaPath:"#/properties/authorizeUrl/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.authorizeUrl.type,parentSchema:schema21.properties.authorizeUrl,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.tokenUrl !== undefined){
let data7 = data.tokenUrl;
if(typeof data7 === "string"){
if(func4(data7) < 1){
const err17 = {instancePath:instancePath+"/tokenUrl",schemaPath:"#/properties/tokenUrl/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema21.properties.tokenUrl,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/tokenUrl",schemaPath:"#/properties/tokenUrl/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema21.properties.tokenUrl.type,parentSchema:schema21.properties.tokenUrl,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.userType !== undefined){
let data8 = data.userType;
const _errs18 = errors;
let valid3 = false;
const _errs19 = errors;
if(!((data8 === "Location") || (data8 === "Company"))){
const err19 = {instancePath:instancePath+"/userType",schemaPath:"#/properties/userType/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema21.properties.userType.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema21.properties.userType.anyOf[0].enum,parentSchema:schema21.properties.userType.anyOf[0],data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
var _valid0 = _errs19 === errors;
valid3 = valid3 || _valid0;
if(!valid3){
const _errs20 = errors;
if(!(validate50(data8, {instancePath:instancePath+"/userType",parentData:data,parentDataProperty:"userType",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid0 = _errs20 === errors;
valid3 = valid3 || _valid0;
}
if(!valid3){
const err20 = {instancePath:instancePath+"/userType",schemaPath:"#/properties/userType/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema21.properties.userType.anyOf,parentSchema:schema21.properties.userType,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
else {
errors = _errs18;
if(vErrors !== null){
if(_errs18){
vErrors.length = _errs18;
}
else {
vErrors = null;
}
}
}
}
if(data.clientAuth !== undefined){
let data9 = data.clientAuth;
const _errs22 = errors;
let valid4 = false;
const _errs23 = errors;
if(!((data9 === "post") || (data9 === "basic"))){
const err21 = {instancePath:instancePath+"/clientAuth",schemaPath:"#/properties/clientAuth/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema21.properties.clientAuth.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema21.properties.clientAuth.anyOf[0].enum,parentSchema:schema21.properties.clientAuth.anyOf[0],data:data9};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var _valid1 = _errs23 === errors;
valid4 = valid4 || _valid1;
if(!valid4){
const _errs24 = errors;
if(!(validate50(data9, {instancePath:instancePath+"/clientAuth",parentData:data,parentDataProperty:"clientAuth",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs24 === errors;
valid4 = valid4 || _valid1;
}
if(!valid4){
const err22 = {instancePath:instancePath+"/clientAuth",schemaPath:"#/properties/clientAuth/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema21.properties.clientAuth.anyOf,parentSchema:schema21.properties.clientAuth,data:data9};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
else {
errors = _errs22;
if(vErrors !== null){
if(_errs22){
vErrors.length = _errs22;
}
else {
vErrors = null;
}
}
}
}
if(data.rotateEvery !== undefined){
if(!(validate32(data.rotateEvery, {instancePath:instancePath+"/rotateEvery",parentData:data,parentDataProperty:"rotateEvery",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err23 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema21.type,parentSchema:schema21,data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
validate49.errors = vErrors;
return errors === 0;
}

const schema23 = {"title":"auth none","type":"object","x-expects":"a map with type","description":"No credentials.","properties":{"type":{"const":"none","description":"This kind: none."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]};

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema23.required,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "type") || (pattern0.test(key0)))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("none" !== data0){
const err2 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "none"},message:"must be equal to constant",schema:"none",parentSchema:schema23.properties.type,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema23.type,parentSchema:schema23,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate54.errors = vErrors;
return errors === 0;
}


function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema11.required,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "form"){
if(!(validate29(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
errors = vErrors.length;
}
}
else if(tag0 === "bearer"){
if(!(validate34(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
else if(tag0 === "token"){
if(!(validate36(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
}
else if(tag0 === "basic"){
if(!(validate38(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
errors = vErrors.length;
}
}
else if(tag0 === "header"){
if(!(validate40(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
else if(tag0 === "query"){
if(!(validate45(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate45.errors : vErrors.concat(validate45.errors);
errors = vErrors.length;
}
}
else if(tag0 === "oauth"){
if(!(validate49(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
else if(tag0 === "none"){
if(!(validate54(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
else {
const err1 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf",schema:schema11.discriminator,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string",schema:schema11.discriminator,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema11.type,parentSchema:schema11,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}

const schema24 = {"title":"rate limit","type":"object","x-expects":"a map with requests, per","description":"At most `requests` calls in any window of `per`, and `daily` a day.","properties":{"requests":{"anyOf":[{"type":"integer","minimum":1},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number from 1","description":"Calls in each window."},"per":{"$ref":"#/definitions/positiveDuration","description":"Length of the window.","examples":["10s","1m"]},"daily":{"anyOf":[{"type":"integer","minimum":1},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number from 1","description":"Calls in each day."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["requests","per"]};

function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.requests === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "requests"},message:"must have required property '"+"requests"+"'",schema:schema24.required,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.per === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "per"},message:"must have required property '"+"per"+"'",schema:schema24.required,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "requests") || (key0 === "per")) || (key0 === "daily")) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.requests !== undefined){
let data0 = data.requests;
const _errs3 = errors;
let valid1 = false;
const _errs4 = errors;
if(!((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0)))){
const err3 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.requests.anyOf[0].type,parentSchema:schema24.properties.requests.anyOf[0],data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data0 == "number"){
if(data0 < 1 || isNaN(data0)){
const err4 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.requests.anyOf[0],data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const _errs6 = errors;
if(!(validate50(data0, {instancePath:instancePath+"/requests",parentData:data,parentDataProperty:"requests",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid0 = _errs6 === errors;
valid1 = valid1 || _valid0;
}
if(!valid1){
const err5 = {instancePath:instancePath+"/requests",schemaPath:"#/properties/requests/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema24.properties.requests.anyOf,parentSchema:schema24.properties.requests,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
else {
errors = _errs3;
if(vErrors !== null){
if(_errs3){
vErrors.length = _errs3;
}
else {
vErrors = null;
}
}
}
}
if(data.per !== undefined){
if(!(validate32(data.per, {instancePath:instancePath+"/per",parentData:data,parentDataProperty:"per",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
if(data.daily !== undefined){
let data2 = data.daily;
const _errs9 = errors;
let valid2 = false;
const _errs10 = errors;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
const err6 = {instancePath:instancePath+"/daily",schemaPath:"#/properties/daily/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema24.properties.daily.anyOf[0].type,parentSchema:schema24.properties.daily.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(typeof data2 == "number"){
if(data2 < 1 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/daily",schemaPath:"#/properties/daily/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema24.properties.daily.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var _valid1 = _errs10 === errors;
valid2 = valid2 || _valid1;
if(!valid2){
const _errs12 = errors;
if(!(validate50(data2, {instancePath:instancePath+"/daily",parentData:data,parentDataProperty:"daily",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs12 === errors;
valid2 = valid2 || _valid1;
}
if(!valid2){
const err8 = {instancePath:instancePath+"/daily",schemaPath:"#/properties/daily/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema24.properties.daily.anyOf,parentSchema:schema24.properties.daily,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema24.type,parentSchema:schema24,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate64.errors = vErrors;
return errors === 0;
}

const schema25 = {"type":"string","minLength":1,"x-expects":"an expression (JSONata)","description":"A JSONata expression."};

function validate71(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func4(data) < 1){
const err0 = {instancePath,schemaPath:"#/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema25.type,parentSchema:schema25,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate71.errors = vErrors;
return errors === 0;
}

const schema26 = {"type":"object","x-expects":"a map with event, id, verify, bodyLimit","description":"How deliveries are read and verified; expressions see `{ body, headers, query }`.","properties":{"event":{"$ref":"#/definitions/expression","description":"Expression: the event's name.","examples":["body.type"]},"id":{"$ref":"#/definitions/expression","description":"Expression: the delivery's identity; without it deliveries are not deduplicated, records are.","examples":["body.id"]},"verify":{"$ref":"#/definitions/verify","description":"How a delivery proves where it comes from."},"bodyLimit":{"$ref":"#/definitions/size","description":"Largest body of this connection; default `server.bodyLimit`.","examples":["5MiB"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false};
const schema27 = {"type":"object","x-expects":"a map with a type, such as { type: hmac, … }","description":"How a delivery proves where it comes from.","required":["type"],"properties":{"type":{"description":"How deliveries are verified: hmac, token, basic, ed25519, rsa, ghl or none.","defaultSnippets":[{"label":"hmac","description":"A signature with a shared secret.","body":"hmac"},{"label":"token","description":"A secret in a header or in the address.","body":"token"},{"label":"basic","description":"Authorization: Basic.","body":"basic"},{"label":"ed25519","description":"An Ed25519 signature.","body":"ed25519"},{"label":"rsa","description":"An RSA signature with SHA-256.","body":"rsa"},{"label":"ghl","description":"HighLevel's signature, with its key built in.","body":"ghl"},{"label":"none","description":"Deliveries are not verified.","body":"none"}]}},"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/definitions/verifyHmac"},{"$ref":"#/definitions/verifyToken"},{"$ref":"#/definitions/verifyBasic"},{"$ref":"#/definitions/verifyEd25519"},{"$ref":"#/definitions/verifyRsa"},{"$ref":"#/definitions/verifyGhl"},{"$ref":"#/definitions/verifyNone"}]};
const schema28 = {"title":"verify hmac","type":"object","x-expects":"a map with type, header","description":"A signature with a shared secret.","properties":{"type":{"const":"hmac","description":"This kind: hmac."},"algorithm":{"anyOf":[{"enum":["sha1","sha256","sha512"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of sha1, sha256, sha512","x-choices":["sha1","sha256","sha512"],"description":"Hash; default sha256."},"header":{"type":"string","minLength":1,"description":"Header that holds the signature.","x-expects":"text","examples":["x-signature"]},"encoding":{"anyOf":[{"enum":["hex","base64"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of hex, base64","x-choices":["hex","base64"],"description":"How the signature is written; default hex."},"prefix":{"type":"string","x-expects":"text","description":"Text before the signature, such as `sha256=`."},"format":{"type":"string","pattern":"^(?:[^{}]|\\{(?:signature|timestamp)\\})*\\{signature\\}(?:[^{}]|\\{(?:signature|timestamp)\\})*$|\\$\\{","x-expects":"a form of {signature} and, where there is one, {timestamp}","description":"Form of the header where it holds more than the signature.","examples":["t={timestamp},v1={signature}"]},"signed":{"type":"string","pattern":"^(?:[^{}]|\\{(?:body|timestamp)\\})*\\{body\\}(?:[^{}]|\\{(?:body|timestamp)\\})*$|\\$\\{","x-expects":"a form of {body} and, where there is one, {timestamp}","description":"What is signed; default `{body}`, with a timestamp `{timestamp}.{body}`.","examples":["{timestamp}.{body}"]},"tolerance":{"$ref":"#/definitions/positiveDuration","description":"How old a timestamp may be; default 2h.","examples":["2h"]},"secret":{"type":"string","minLength":1,"description":"The shared secret.","x-expects":"text","examples":["${NAME}"]},"secrets":{"$ref":"#/definitions/secrets","description":"Several secrets, while one is rotated."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","header"],"allOf":[{"$ref":"#/definitions/secretOrSecrets"},{"$ref":"#/definitions/notBothSecrets"}]};
const schema29 = {"anyOf":[{"required":["secret"]},{"required":["secrets"]}],"x-message":"verify has no secret","x-remedy":"add secret: \"${NAME}\"","x-missing":true,"description":"Either `secret` or `secrets`."};

function validate78(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.secret === undefined){
const err0 = {instancePath,schemaPath:"#/anyOf/0/required",keyword:"required",params:{missingProperty: "secret"},message:"must have required property '"+"secret"+"'",schema:schema29.anyOf[0].required,parentSchema:schema29.anyOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
if(!valid0){
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.secrets === undefined){
const err1 = {instancePath,schemaPath:"#/anyOf/1/required",keyword:"required",params:{missingProperty: "secrets"},message:"must have required property '"+"secrets"+"'",schema:schema29.anyOf[1].required,parentSchema:schema29.anyOf[1],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
valid0 = valid0 || _valid0;
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema29.anyOf,parentSchema:schema29,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate78.errors = vErrors;
return errors === 0;
}

const schema30 = {"not":{"required":["secret","secrets"]},"x-message":"verify has either secret or secrets","x-remedy":"keep one of the two: secrets lists the new one and the old one while it is rotated","description":"Not both of them."};

function validate80(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
const _errs1 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.secret === undefined) && (missing0 = "secret")) || ((data.secrets === undefined) && (missing0 = "secrets"))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(valid0){
const err1 = {instancePath,schemaPath:"#/not",keyword:"not",params:{},message:"must NOT be valid",schema:schema30.not,parentSchema:schema30,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate80.errors = vErrors;
return errors === 0;
}

const schema31 = {"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"A shared secret.","x-expects":"text","examples":["${NAME}"]},"x-expects":"a list of secrets","description":"Several secrets, the newest first."};

function validate85(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(func4(data0) < 1){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.items,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.items.type,parentSchema:schema31.items,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate85.errors = vErrors;
return errors === 0;
}

const pattern21 = new RegExp("^(?:[^{}]|\\{(?:signature|timestamp)\\})*\\{signature\\}(?:[^{}]|\\{(?:signature|timestamp)\\})*$|\\$\\{", "u");
const pattern22 = new RegExp("^(?:[^{}]|\\{(?:body|timestamp)\\})*\\{body\\}(?:[^{}]|\\{(?:body|timestamp)\\})*$|\\$\\{", "u");

function validate77(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(!(validate78(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
if(!(validate80(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.header === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "header"},message:"must have required property '"+"header"+"'",schema:schema28.required,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema28.properties, key0)) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("hmac" !== data0){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "hmac"},message:"must be equal to constant",schema:"hmac",parentSchema:schema28.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.algorithm !== undefined){
let data1 = data.algorithm;
const _errs6 = errors;
let valid2 = false;
const _errs7 = errors;
if(!(((data1 === "sha1") || (data1 === "sha256")) || (data1 === "sha512"))){
const err4 = {instancePath:instancePath+"/algorithm",schemaPath:"#/properties/algorithm/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema28.properties.algorithm.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema28.properties.algorithm.anyOf[0].enum,parentSchema:schema28.properties.algorithm.anyOf[0],data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const _errs8 = errors;
if(!(validate50(data1, {instancePath:instancePath+"/algorithm",parentData:data,parentDataProperty:"algorithm",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid0 = _errs8 === errors;
valid2 = valid2 || _valid0;
}
if(!valid2){
const err5 = {instancePath:instancePath+"/algorithm",schemaPath:"#/properties/algorithm/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema28.properties.algorithm.anyOf,parentSchema:schema28.properties.algorithm,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
}
if(data.header !== undefined){
let data2 = data.header;
if(typeof data2 === "string"){
if(func4(data2) < 1){
const err6 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema28.properties.header,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.header.type,parentSchema:schema28.properties.header,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.encoding !== undefined){
let data3 = data.encoding;
const _errs12 = errors;
let valid3 = false;
const _errs13 = errors;
if(!((data3 === "hex") || (data3 === "base64"))){
const err8 = {instancePath:instancePath+"/encoding",schemaPath:"#/properties/encoding/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema28.properties.encoding.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema28.properties.encoding.anyOf[0].enum,parentSchema:schema28.properties.encoding.anyOf[0],data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid1 = _errs13 === errors;
valid3 = valid3 || _valid1;
if(!valid3){
const _errs14 = errors;
if(!(validate50(data3, {instancePath:instancePath+"/encoding",parentData:data,parentDataProperty:"encoding",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs14 === errors;
valid3 = valid3 || _valid1;
}
if(!valid3){
const err9 = {instancePath:instancePath+"/encoding",schemaPath:"#/properties/encoding/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema28.properties.encoding.anyOf,parentSchema:schema28.properties.encoding,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
else {
errors = _errs12;
if(vErrors !== null){
if(_errs12){
vErrors.length = _errs12;
}
else {
vErrors = null;
}
}
}
}
if(data.prefix !== undefined){
let data4 = data.prefix;
if(typeof data4 !== "string"){
const err10 = {instancePath:instancePath+"/prefix",schemaPath:"#/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.prefix.type,parentSchema:schema28.properties.prefix,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.format !== undefined){
let data5 = data.format;
if(typeof data5 === "string"){
if(!pattern21.test(data5)){
const err11 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/pattern",keyword:"pattern",params:{pattern: "^(?:[^{}]|\\{(?:signature|timestamp)\\})*\\{signature\\}(?:[^{}]|\\{(?:signature|timestamp)\\})*$|\\$\\{"},message:"must match pattern \""+"^(?:[^{}]|\\{(?:signature|timestamp)\\})*\\{signature\\}(?:[^{}]|\\{(?:signature|timestamp)\\})*$|\\$\\{"+"\"",schema:"^(?:[^{}]|\\{(?:signature|timestamp)\\})*\\{signature\\}(?:[^{}]|\\{(?:signature|timestamp)\\})*$|\\$\\{",parentSchema:schema28.properties.format,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.format.type,parentSchema:schema28.properties.format,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.signed !== undefined){
let data6 = data.signed;
if(typeof data6 === "string"){
if(!pattern22.test(data6)){
const err13 = {instancePath:instancePath+"/signed",schemaPath:"#/properties/signed/pattern",keyword:"pattern",params:{pattern: "^(?:[^{}]|\\{(?:body|timestamp)\\})*\\{body\\}(?:[^{}]|\\{(?:body|timestamp)\\})*$|\\$\\{"},message:"must match pattern \""+"^(?:[^{}]|\\{(?:body|timestamp)\\})*\\{body\\}(?:[^{}]|\\{(?:body|timestamp)\\})*$|\\$\\{"+"\"",schema:"^(?:[^{}]|\\{(?:body|timestamp)\\})*\\{body\\}(?:[^{}]|\\{(?:body|timestamp)\\})*$|\\$\\{",parentSchema:schema28.properties.signed,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/signed",schemaPath:"#/properties/signed/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.signed.type,parentSchema:schema28.properties.signed,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.tolerance !== undefined){
if(!(validate32(data.tolerance, {instancePath:instancePath+"/tolerance",parentData:data,parentDataProperty:"tolerance",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
if(data.secret !== undefined){
let data8 = data.secret;
if(typeof data8 === "string"){
if(func4(data8) < 1){
const err15 = {instancePath:instancePath+"/secret",schemaPath:"#/properties/secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema28.properties.secret,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/secret",schemaPath:"#/properties/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema28.properties.secret.type,parentSchema:schema28.properties.secret,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.secrets !== undefined){
if(!(validate85(data.secrets, {instancePath:instancePath+"/secrets",parentData:data,parentDataProperty:"secrets",rootData}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema28.type,parentSchema:schema28,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate77.errors = vErrors;
return errors === 0;
}

const schema32 = {"title":"verify token","type":"object","x-expects":"a map with type","description":"A secret in a header or in the address.","properties":{"type":{"const":"token","description":"This kind: token."},"header":{"type":"string","minLength":1,"description":"Header that holds the secret; `Bearer ` before it is taken off.","x-expects":"text"},"query":{"type":"string","minLength":1,"description":"Query parameter that holds the secret.","x-expects":"text"},"secret":{"type":"string","minLength":1,"description":"The shared secret.","x-expects":"text","examples":["${NAME}"]},"secrets":{"$ref":"#/definitions/secrets","description":"Several secrets, while one is rotated."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"],"allOf":[{"$ref":"#/definitions/secretOrSecrets"},{"$ref":"#/definitions/notBothSecrets"},{"anyOf":[{"required":["header"]},{"required":["query"]}],"x-message":"verify does not say where the token is","x-remedy":"add header or query with its name","x-missing":true}]};

function validate87(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(!(validate78(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
if(!(validate80(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
const _errs4 = errors;
let valid1 = false;
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.header === undefined){
const err0 = {instancePath,schemaPath:"#/allOf/2/anyOf/0/required",keyword:"required",params:{missingProperty: "header"},message:"must have required property '"+"header"+"'",schema:schema32.allOf[2].anyOf[0].required,parentSchema:schema32.allOf[2].anyOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const _errs6 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.query === undefined){
const err1 = {instancePath,schemaPath:"#/allOf/2/anyOf/1/required",keyword:"required",params:{missingProperty: "query"},message:"must have required property '"+"query"+"'",schema:schema32.allOf[2].anyOf[1].required,parentSchema:schema32.allOf[2].anyOf[1],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs6 === errors;
valid1 = valid1 || _valid0;
}
if(!valid1){
const err2 = {instancePath,schemaPath:"#/allOf/2/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema32.allOf[2].anyOf,parentSchema:schema32.allOf[2],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema32.required,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "type") || (key0 === "header")) || (key0 === "query")) || (key0 === "secret")) || (key0 === "secrets")) || (pattern0.test(key0)))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("token" !== data0){
const err5 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "token"},message:"must be equal to constant",schema:"token",parentSchema:schema32.properties.type,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.header !== undefined){
let data1 = data.header;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err6 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema32.properties.header,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.header.type,parentSchema:schema32.properties.header,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.query !== undefined){
let data2 = data.query;
if(typeof data2 === "string"){
if(func4(data2) < 1){
const err8 = {instancePath:instancePath+"/query",schemaPath:"#/properties/query/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema32.properties.query,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/query",schemaPath:"#/properties/query/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.query.type,parentSchema:schema32.properties.query,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.secret !== undefined){
let data3 = data.secret;
if(typeof data3 === "string"){
if(func4(data3) < 1){
const err10 = {instancePath:instancePath+"/secret",schemaPath:"#/properties/secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema32.properties.secret,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/secret",schemaPath:"#/properties/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.secret.type,parentSchema:schema32.properties.secret,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.secrets !== undefined){
if(!(validate85(data.secrets, {instancePath:instancePath+"/secrets",parentData:data,parentDataProperty:"secrets",rootData}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
validate87.errors = vErrors;
return errors === 0;
}

const schema33 = {"title":"verify basic","type":"object","x-expects":"a map with type, username, password","description":"Authorization: Basic.","properties":{"type":{"const":"basic","description":"This kind: basic."},"username":{"type":"string","minLength":1,"description":"The user name.","x-expects":"text","examples":["${NAME}"]},"password":{"type":"string","minLength":1,"description":"The password.","x-expects":"text","examples":["${NAME}"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","username","password"]};

function validate91(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.username === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "username"},message:"must have required property '"+"username"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.password === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "password"},message:"must have required property '"+"password"+"'",schema:schema33.required,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "username")) || (key0 === "password")) || (pattern0.test(key0)))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("basic" !== data0){
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "basic"},message:"must be equal to constant",schema:"basic",parentSchema:schema33.properties.type,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.username !== undefined){
let data1 = data.username;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err5 = {instancePath:instancePath+"/username",schemaPath:"#/properties/username/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.username,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/username",schemaPath:"#/properties/username/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.username.type,parentSchema:schema33.properties.username,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.password !== undefined){
let data2 = data.password;
if(typeof data2 === "string"){
if(func4(data2) < 1){
const err7 = {instancePath:instancePath+"/password",schemaPath:"#/properties/password/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.password,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/password",schemaPath:"#/properties/password/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.password.type,parentSchema:schema33.properties.password,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate91.errors = vErrors;
return errors === 0;
}

const schema34 = {"title":"verify ed25519","type":"object","x-expects":"a map with type, header, publicKey","description":"An Ed25519 signature.","properties":{"type":{"const":"ed25519","description":"This kind: ed25519."},"header":{"type":"string","minLength":1,"description":"Header that holds the signature.","x-expects":"text"},"publicKey":{"type":"string","minLength":1,"description":"Public key as PEM.","x-expects":"text"},"encoding":{"anyOf":[{"enum":["hex","base64"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of hex, base64","x-choices":["hex","base64"],"description":"How the signature is written; default base64."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","header","publicKey"]};

function validate92(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema34.required,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.header === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "header"},message:"must have required property '"+"header"+"'",schema:schema34.required,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.publicKey === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "publicKey"},message:"must have required property '"+"publicKey"+"'",schema:schema34.required,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "type") || (key0 === "header")) || (key0 === "publicKey")) || (key0 === "encoding")) || (pattern0.test(key0)))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("ed25519" !== data0){
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "ed25519"},message:"must be equal to constant",schema:"ed25519",parentSchema:schema34.properties.type,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.header !== undefined){
let data1 = data.header;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err5 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34.properties.header,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.header.type,parentSchema:schema34.properties.header,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.publicKey !== undefined){
let data2 = data.publicKey;
if(typeof data2 === "string"){
if(func4(data2) < 1){
const err7 = {instancePath:instancePath+"/publicKey",schemaPath:"#/properties/publicKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34.properties.publicKey,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/publicKey",schemaPath:"#/properties/publicKey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.publicKey.type,parentSchema:schema34.properties.publicKey,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.encoding !== undefined){
let data3 = data.encoding;
const _errs8 = errors;
let valid1 = false;
const _errs9 = errors;
if(!((data3 === "hex") || (data3 === "base64"))){
const err9 = {instancePath:instancePath+"/encoding",schemaPath:"#/properties/encoding/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema34.properties.encoding.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema34.properties.encoding.anyOf[0].enum,parentSchema:schema34.properties.encoding.anyOf[0],data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
var _valid0 = _errs9 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const _errs10 = errors;
if(!(validate50(data3, {instancePath:instancePath+"/encoding",parentData:data,parentDataProperty:"encoding",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid0 = _errs10 === errors;
valid1 = valid1 || _valid0;
}
if(!valid1){
const err10 = {instancePath:instancePath+"/encoding",schemaPath:"#/properties/encoding/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema34.properties.encoding.anyOf,parentSchema:schema34.properties.encoding,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
else {
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate92.errors = vErrors;
return errors === 0;
}

const schema35 = {"title":"verify rsa","type":"object","x-expects":"a map with type, header, publicKey","description":"An RSA signature with SHA-256.","properties":{"type":{"const":"rsa","description":"This kind: rsa."},"header":{"type":"string","minLength":1,"description":"Header that holds the signature.","x-expects":"text"},"publicKey":{"type":"string","minLength":1,"description":"Public key as PEM.","x-expects":"text"},"encoding":{"anyOf":[{"enum":["hex","base64"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of hex, base64","x-choices":["hex","base64"],"description":"How the signature is written; default base64."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","header","publicKey"]};

function validate94(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema35.required,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.header === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "header"},message:"must have required property '"+"header"+"'",schema:schema35.required,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.publicKey === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "publicKey"},message:"must have required property '"+"publicKey"+"'",schema:schema35.required,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "type") || (key0 === "header")) || (key0 === "publicKey")) || (key0 === "encoding")) || (pattern0.test(key0)))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("rsa" !== data0){
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "rsa"},message:"must be equal to constant",schema:"rsa",parentSchema:schema35.properties.type,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.header !== undefined){
let data1 = data.header;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err5 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema35.properties.header,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.header.type,parentSchema:schema35.properties.header,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.publicKey !== undefined){
let data2 = data.publicKey;
if(typeof data2 === "string"){
if(func4(data2) < 1){
const err7 = {instancePath:instancePath+"/publicKey",schemaPath:"#/properties/publicKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema35.properties.publicKey,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/publicKey",schemaPath:"#/properties/publicKey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.publicKey.type,parentSchema:schema35.properties.publicKey,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.encoding !== undefined){
let data3 = data.encoding;
const _errs8 = errors;
let valid1 = false;
const _errs9 = errors;
if(!((data3 === "hex") || (data3 === "base64"))){
const err9 = {instancePath:instancePath+"/encoding",schemaPath:"#/properties/encoding/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema35.properties.encoding.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema35.properties.encoding.anyOf[0].enum,parentSchema:schema35.properties.encoding.anyOf[0],data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
var _valid0 = _errs9 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const _errs10 = errors;
if(!(validate50(data3, {instancePath:instancePath+"/encoding",parentData:data,parentDataProperty:"encoding",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid0 = _errs10 === errors;
valid1 = valid1 || _valid0;
}
if(!valid1){
const err10 = {instancePath:instancePath+"/encoding",schemaPath:"#/properties/encoding/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema35.properties.encoding.anyOf,parentSchema:schema35.properties.encoding,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
else {
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate94.errors = vErrors;
return errors === 0;
}

const schema36 = {"title":"verify ghl","type":"object","x-expects":"a map with type","description":"HighLevel's signature, with its key built in.","properties":{"type":{"const":"ghl","description":"This kind: ghl."},"publicKey":{"type":"string","minLength":1,"description":"Public key as PEM, instead of the one that is built in.","x-expects":"text"}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]};

function validate96(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema36.required,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "publicKey")) || (pattern0.test(key0)))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("ghl" !== data0){
const err2 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "ghl"},message:"must be equal to constant",schema:"ghl",parentSchema:schema36.properties.type,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.publicKey !== undefined){
let data1 = data.publicKey;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err3 = {instancePath:instancePath+"/publicKey",schemaPath:"#/properties/publicKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.publicKey,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/publicKey",schemaPath:"#/properties/publicKey/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.publicKey.type,parentSchema:schema36.properties.publicKey,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.type,parentSchema:schema36,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate96.errors = vErrors;
return errors === 0;
}

const schema37 = {"title":"verify none","type":"object","x-expects":"a map with type","description":"Deliveries are not verified.","properties":{"type":{"const":"none","description":"This kind: none."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]};

function validate97(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema37.required,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "type") || (pattern0.test(key0)))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("none" !== data0){
const err2 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "none"},message:"must be equal to constant",schema:"none",parentSchema:schema37.properties.type,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate97.errors = vErrors;
return errors === 0;
}


function validate76(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema27.required,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "hmac"){
if(!(validate77(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
else if(tag0 === "token"){
if(!(validate87(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
else if(tag0 === "basic"){
if(!(validate91(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
errors = vErrors.length;
}
}
else if(tag0 === "ed25519"){
if(!(validate92(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate92.errors : vErrors.concat(validate92.errors);
errors = vErrors.length;
}
}
else if(tag0 === "rsa"){
if(!(validate94(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate94.errors : vErrors.concat(validate94.errors);
errors = vErrors.length;
}
}
else if(tag0 === "ghl"){
if(!(validate96(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate96.errors : vErrors.concat(validate96.errors);
errors = vErrors.length;
}
}
else if(tag0 === "none"){
if(!(validate97(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
else {
const err1 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf",schema:schema27.discriminator,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string",schema:schema27.discriminator,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema27.type,parentSchema:schema27,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate76.errors = vErrors;
return errors === 0;
}

const schema38 = {"anyOf":[{"type":"integer","minimum":1},{"type":"string","pattern":"(?:^\\d+(?:\\.\\d+)?\\s?(?:B|KiB|MiB|KB|MB|kB)?$)|\\$\\{"}],"x-expects":"a size such as 1MiB or 512KiB"};
const pattern29 = new RegExp("(?:^\\d+(?:\\.\\d+)?\\s?(?:B|KiB|MiB|KB|MB|kB)?$)|\\$\\{", "u");

function validate106(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
if(!((typeof data == "number") && (!(data % 1) && !isNaN(data)))){
const err0 = {instancePath,schemaPath:"#/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema38.anyOf[0].type,parentSchema:schema38.anyOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(typeof data == "number"){
if(data < 1 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema38.anyOf[0],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
if(!valid0){
const _errs3 = errors;
if(typeof data === "string"){
if(!pattern29.test(data)){
const err2 = {instancePath,schemaPath:"#/anyOf/1/pattern",keyword:"pattern",params:{pattern: "(?:^\\d+(?:\\.\\d+)?\\s?(?:B|KiB|MiB|KB|MB|kB)?$)|\\$\\{"},message:"must match pattern \""+"(?:^\\d+(?:\\.\\d+)?\\s?(?:B|KiB|MiB|KB|MB|kB)?$)|\\$\\{"+"\"",schema:"(?:^\\d+(?:\\.\\d+)?\\s?(?:B|KiB|MiB|KB|MB|kB)?$)|\\$\\{",parentSchema:schema38.anyOf[1],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/anyOf/1/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.anyOf[1].type,parentSchema:schema38.anyOf[1],data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs3 === errors;
valid0 = valid0 || _valid0;
}
if(!valid0){
const err4 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema38.anyOf,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate106.errors = vErrors;
return errors === 0;
}


function validate73(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "event") || (key0 === "id")) || (key0 === "verify")) || (key0 === "bodyLimit")) || (pattern0.test(key0)))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.event !== undefined){
if(!(validate71(data.event, {instancePath:instancePath+"/event",parentData:data,parentDataProperty:"event",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.id !== undefined){
if(!(validate71(data.id, {instancePath:instancePath+"/id",parentData:data,parentDataProperty:"id",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.verify !== undefined){
if(!(validate76(data.verify, {instancePath:instancePath+"/verify",parentData:data,parentDataProperty:"verify",rootData}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
}
if(data.bodyLimit !== undefined){
if(!(validate106(data.bodyLimit, {instancePath:instancePath+"/bodyLimit",parentData:data,parentDataProperty:"bodyLimit",rootData}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema26.type,parentSchema:schema26,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate73.errors = vErrors;
return errors === 0;
}

const schema39 = {"type":"object","x-expects":"a map with create, update, delete","description":"A thing in this API, with its operations.","properties":{"create":{"$ref":"#/definitions/resourceCall","description":"Creates one; `id` finds its id in the answer."},"update":{"$ref":"#/definitions/resourceCall","description":"Changes one; `{id}` in the path is its id."},"delete":{"$ref":"#/definitions/resourceCall","description":"Deletes one."},"find":{"$ref":"#/definitions/resourceCall","description":"Finds those that may be the same; `records` and `id` read the answer."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false};
const schema40 = {"title":"request","type":"object","x-expects":"a map with path","description":"One call; its texts see the mapped fields.","properties":{"method":{"anyOf":[{"enum":["GET","POST","PUT","PATCH","DELETE"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of GET, POST, PUT, PATCH, DELETE","x-choices":["GET","POST","PUT","PATCH","DELETE"],"description":"HTTP method; GET, or POST where there is a body."},"path":{"$ref":"#/definitions/text","description":"Path below the connection's baseUrl; `{{ }}` holes are filled in and escaped.","examples":["/bookings","/bookings/{{ booking_id }}"]},"query":{"type":"object","x-expects":"a map of names to values","description":"Query parameters, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A parameter's text."}},"headers":{"type":"object","x-expects":"a map of names to values","description":"Request headers, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A header's text."}},"form":{"type":"object","x-expects":"a map of names to values","description":"Body as application/x-www-form-urlencoded, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"multipart":{"type":"object","x-expects":"a map of names to values","description":"Body as multipart/form-data, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"json":{"description":"Body as JSON; the strings in it are texts with `{{ }}` holes."},"id":{"$ref":"#/definitions/expression","description":"Expression on the answer's body, or on a found record: its id.","examples":["data.id"]},"records":{"$ref":"#/definitions/expression","description":"Expression on the answer's body: the records found.","examples":["data"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["path"],"x-message":"a request has one body","x-remedy":"keep one of form, multipart and json","not":{"anyOf":[{"required":["form","multipart"]},{"required":["form","json"]},{"required":["multipart","json"]}]}};
const schema41 = {"type":["string","number","boolean"],"x-expects":"text","description":"Literal text with optional holes: `{{ JSONata }}`."};

function validate113(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(((typeof data !== "string") && (!(typeof data == "number"))) && (typeof data !== "boolean")){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema41.type},message:"must be string,number,boolean",schema:schema41.type,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
validate113.errors = vErrors;
return errors === 0;
}


function validate111(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs1 = errors;
const _errs2 = errors;
const _errs3 = errors;
let valid1 = false;
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.form === undefined) && (missing0 = "form")) || ((data.multipart === undefined) && (missing0 = "multipart"))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((data.form === undefined) && (missing1 = "form")) || ((data.json === undefined) && (missing1 = "json"))){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const _errs6 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if(((data.multipart === undefined) && (missing2 = "multipart")) || ((data.json === undefined) && (missing2 = "json"))){
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs6 === errors;
valid1 = valid1 || _valid0;
}
}
if(!valid1){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs3;
if(vErrors !== null){
if(_errs3){
vErrors.length = _errs3;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs2 === errors;
if(valid0){
const err4 = {instancePath,schemaPath:"#/not",keyword:"not",params:{},message:"must NOT be valid",schema:schema40.not,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.path === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema40.required,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema40.properties, key0)) || (pattern0.test(key0)))){
const err6 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.method !== undefined){
let data0 = data.method;
const _errs9 = errors;
let valid3 = false;
const _errs10 = errors;
if(!(((((data0 === "GET") || (data0 === "POST")) || (data0 === "PUT")) || (data0 === "PATCH")) || (data0 === "DELETE"))){
const err7 = {instancePath:instancePath+"/method",schemaPath:"#/properties/method/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema40.properties.method.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema40.properties.method.anyOf[0].enum,parentSchema:schema40.properties.method.anyOf[0],data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid1 = _errs10 === errors;
valid3 = valid3 || _valid1;
if(!valid3){
const _errs11 = errors;
if(!(validate50(data0, {instancePath:instancePath+"/method",parentData:data,parentDataProperty:"method",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid3 = valid3 || _valid1;
}
if(!valid3){
const err8 = {instancePath:instancePath+"/method",schemaPath:"#/properties/method/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema40.properties.method.anyOf,parentSchema:schema40.properties.method,data:data0};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
}
if(data.path !== undefined){
if(!(validate113(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
if(data.query !== undefined){
let data2 = data.query;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(validate113(data2[key1], {instancePath:instancePath+"/query/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath:instancePath+"/query",schemaPath:"#/properties/query/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.properties.query.type,parentSchema:schema40.properties.query,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.headers !== undefined){
let data4 = data.headers;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 in data4){
if(!(validate113(data4[key2], {instancePath:instancePath+"/headers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath:instancePath+"/headers",schemaPath:"#/properties/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.properties.headers.type,parentSchema:schema40.properties.headers,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.form !== undefined){
let data6 = data.form;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key3 in data6){
if(!(validate113(data6[key3], {instancePath:instancePath+"/form/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data6,parentDataProperty:key3,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/form",schemaPath:"#/properties/form/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.properties.form.type,parentSchema:schema40.properties.form,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.multipart !== undefined){
let data8 = data.multipart;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key4 in data8){
if(!(validate113(data8[key4], {instancePath:instancePath+"/multipart/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data8,parentDataProperty:key4,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/multipart",schemaPath:"#/properties/multipart/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.properties.multipart.type,parentSchema:schema40.properties.multipart,data:data8};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.id !== undefined){
if(!(validate71(data.id, {instancePath:instancePath+"/id",parentData:data,parentDataProperty:"id",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.records !== undefined){
if(!(validate71(data.records, {instancePath:instancePath+"/records",parentData:data,parentDataProperty:"records",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema40.type,parentSchema:schema40,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate111.errors = vErrors;
return errors === 0;
}


function validate110(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "create") || (key0 === "update")) || (key0 === "delete")) || (key0 === "find")) || (pattern0.test(key0)))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.create !== undefined){
if(!(validate111(data.create, {instancePath:instancePath+"/create",parentData:data,parentDataProperty:"create",rootData}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
if(data.update !== undefined){
if(!(validate111(data.update, {instancePath:instancePath+"/update",parentData:data,parentDataProperty:"update",rootData}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
if(data.delete !== undefined){
if(!(validate111(data.delete, {instancePath:instancePath+"/delete",parentData:data,parentDataProperty:"delete",rootData}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
if(data.find !== undefined){
if(!(validate111(data.find, {instancePath:instancePath+"/find",parentData:data,parentDataProperty:"find",rootData}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate110.errors = vErrors;
return errors === 0;
}


function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema9.required,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.baseUrl === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "baseUrl"},message:"must have required property '"+"baseUrl"+"'",schema:schema9.required,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema9.properties, key0)) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("http" !== data0){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "http"},message:"must be equal to constant",schema:"http",parentSchema:schema9.properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.baseUrl !== undefined){
if(!(validate26(data.baseUrl, {instancePath:instancePath+"/baseUrl",parentData:data,parentDataProperty:"baseUrl",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.auth !== undefined){
if(!(validate28(data.auth, {instancePath:instancePath+"/auth",parentData:data,parentDataProperty:"auth",rootData}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.rateLimit !== undefined){
if(!(validate64(data.rateLimit, {instancePath:instancePath+"/rateLimit",parentData:data,parentDataProperty:"rateLimit",rootData}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate32(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
if(data.rotateEvery !== undefined){
if(!(validate32(data.rotateEvery, {instancePath:instancePath+"/rotateEvery",parentData:data,parentDataProperty:"rotateEvery",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
if(data.fails !== undefined){
if(!(validate71(data.fails, {instancePath:instancePath+"/fails",parentData:data,parentDataProperty:"fails",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.webhook !== undefined){
if(!(validate73(data.webhook, {instancePath:instancePath+"/webhook",parentData:data,parentDataProperty:"webhook",rootData}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
if(data.openapi !== undefined){
let data8 = data.openapi;
if(typeof data8 === "string"){
if(func4(data8) < 1){
const err4 = {instancePath:instancePath+"/openapi",schemaPath:"#/properties/openapi/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema9.properties.openapi,data:data8};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/openapi",schemaPath:"#/properties/openapi/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema9.properties.openapi.type,parentSchema:schema9.properties.openapi,data:data8};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.resources !== undefined){
let data9 = data.resources;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key1 in data9){
const _errs14 = errors;
if(!(validate22(key1, {instancePath:instancePath+"/resources",parentData:data9,parentDataProperty:"resources",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
var valid1 = _errs14 === errors;
if(!valid1){
const err6 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema9.properties.resources.propertyNames,parentSchema:schema9.properties.resources,data:data9};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
for(const key2 in data9){
if(!(pattern0.test(key2))){
if(!(validate110(data9[key2], {instancePath:instancePath+"/resources/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data9,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
errors = vErrors.length;
}
}
}
}
else {
const err7 = {instancePath:instancePath+"/resources",schemaPath:"#/properties/resources/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.properties.resources.type,parentSchema:schema9.properties.resources,data:data9};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema9.type,parentSchema:schema9,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}

const schema42 = {"title":"HighLevel connection","type":"object","x-expects":"a map with type, location, auth","description":"A HighLevel account: Version headers, webhooks, signature and limits are built in.","properties":{"type":{"const":"ghl","description":"This kind: ghl."},"location":{"type":"string","minLength":1,"description":"Id of the location (sub-account).","x-expects":"text","examples":["${GHL_LOCATION_ID}"]},"baseUrl":{"$ref":"#/definitions/url","description":"Address of the API; default https://services.leadconnectorhq.com."},"auth":{"$ref":"#/definitions/auth","description":"A private integration token (type token), or OAuth."},"rateLimit":{"$ref":"#/definitions/rateLimit","description":"How many calls the API allows; default 100 in 10s, 200000 a day."},"timeout":{"$ref":"#/definitions/positiveDuration","description":"For each call; default 30s.","examples":["30s"]},"rotateEvery":{"$ref":"#/definitions/positiveDuration","description":"How often its static secret should be replaced; the same under auth.","examples":["90d"]},"fails":{"$ref":"#/definitions/expression","description":"Expression on an answer's body: true means that the answer is an error, whatever its status. Sees `$status` and `$headers`."},"webhook":{"$ref":"#/definitions/webhookDoor","description":"Takes POST /webhooks/<connection>."},"bulk":{"type":"object","x-expects":"a map with tags","description":"How many targets may share one call where they all want the same.","properties":{"tags":{"anyOf":[{"type":"integer","minimum":0},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number from 0","description":"Contacts whose tags one call may change, where HighLevel documents no maximum; default 50. 0 or 1: each by a call of its own."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","location","auth"]};

function validate126(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema42.required,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.location === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "location"},message:"must have required property '"+"location"+"'",schema:schema42.required,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.auth === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "auth"},message:"must have required property '"+"auth"+"'",schema:schema42.required,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema42.properties, key0)) || (pattern0.test(key0)))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("ghl" !== data0){
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "ghl"},message:"must be equal to constant",schema:"ghl",parentSchema:schema42.properties.type,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.location !== undefined){
let data1 = data.location;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err5 = {instancePath:instancePath+"/location",schemaPath:"#/properties/location/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema42.properties.location,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/location",schemaPath:"#/properties/location/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.location.type,parentSchema:schema42.properties.location,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.baseUrl !== undefined){
if(!(validate26(data.baseUrl, {instancePath:instancePath+"/baseUrl",parentData:data,parentDataProperty:"baseUrl",rootData}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.auth !== undefined){
if(!(validate28(data.auth, {instancePath:instancePath+"/auth",parentData:data,parentDataProperty:"auth",rootData}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.rateLimit !== undefined){
if(!(validate64(data.rateLimit, {instancePath:instancePath+"/rateLimit",parentData:data,parentDataProperty:"rateLimit",rootData}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate32(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
if(data.rotateEvery !== undefined){
if(!(validate32(data.rotateEvery, {instancePath:instancePath+"/rotateEvery",parentData:data,parentDataProperty:"rotateEvery",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
if(data.fails !== undefined){
if(!(validate71(data.fails, {instancePath:instancePath+"/fails",parentData:data,parentDataProperty:"fails",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.webhook !== undefined){
if(!(validate73(data.webhook, {instancePath:instancePath+"/webhook",parentData:data,parentDataProperty:"webhook",rootData}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
if(data.bulk !== undefined){
let data9 = data.bulk;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key1 in data9){
if(!((key1 === "tags") || (pattern0.test(key1)))){
const err7 = {instancePath:instancePath+"/bulk",schemaPath:"#/properties/bulk/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema42.properties.bulk,data:data9};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data9.tags !== undefined){
let data10 = data9.tags;
const _errs16 = errors;
let valid2 = false;
const _errs17 = errors;
if(!((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10)))){
const err8 = {instancePath:instancePath+"/bulk/tags",schemaPath:"#/properties/bulk/properties/tags/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema42.properties.bulk.properties.tags.anyOf[0].type,parentSchema:schema42.properties.bulk.properties.tags.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(typeof data10 == "number"){
if(data10 < 0 || isNaN(data10)){
const err9 = {instancePath:instancePath+"/bulk/tags",schemaPath:"#/properties/bulk/properties/tags/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema42.properties.bulk.properties.tags.anyOf[0],data:data10};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
var _valid0 = _errs17 === errors;
valid2 = valid2 || _valid0;
if(!valid2){
const _errs19 = errors;
if(!(validate50(data10, {instancePath:instancePath+"/bulk/tags",parentData:data9,parentDataProperty:"tags",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid0 = _errs19 === errors;
valid2 = valid2 || _valid0;
}
if(!valid2){
const err10 = {instancePath:instancePath+"/bulk/tags",schemaPath:"#/properties/bulk/properties/tags/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema42.properties.bulk.properties.tags.anyOf,parentSchema:schema42.properties.bulk.properties.tags,data:data10};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
else {
errors = _errs16;
if(vErrors !== null){
if(_errs16){
vErrors.length = _errs16;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err11 = {instancePath:instancePath+"/bulk",schemaPath:"#/properties/bulk/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.properties.bulk.type,parentSchema:schema42.properties.bulk,data:data9};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
validate126.errors = vErrors;
return errors === 0;
}


function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema8.required,parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "http"){
if(!(validate25(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
else if(tag0 === "ghl"){
if(!(validate126(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate126.errors : vErrors.concat(validate126.errors);
errors = vErrors.length;
}
}
else {
const err1 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf",schema:schema8.discriminator,parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string",schema:schema8.discriminator,parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema8.type,parentSchema:schema8,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}

const schema43 = {"title":"source","type":"object","x-expects":"a map with connection","description":"A stream of records of a connection, with its triggers.","properties":{"connection":{"type":"string","minLength":1,"description":"The connection that the records come from.","x-expects":"text"},"resource":{"anyOf":[{"enum":["contact","task","note","appointment","opportunity","business"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of contact, task, note, appointment, opportunity, business","x-choices":["contact","task","note","appointment","opportunity","business"],"description":"On a ghl connection: events, key, record and poll are built in."},"sample":{"type":"string","minLength":1,"description":"File with real or made-up records: `validate` then knows the source's fields.","x-expects":"text","examples":["samples/bookings.json"]},"key":{"$ref":"#/definitions/expression","description":"Expression on the record: its stable identity.","examples":["booking_id"]},"let":{"type":"object","x-expects":"a map of names","description":"Names for values of the record, seen as `$name` by all syncs of this source, each also by those below it.","patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":{"$ref":"#/definitions/expression","description":"Expression on the record."},"propertyNames":{"$ref":"#/definitions/letName"}},"updatedAt":{"$ref":"#/definitions/expression","description":"Expression on the record: when it was changed. Tells which of two is newer, and is the poll's cursor.","examples":["updated_at"]},"deleted":{"$ref":"#/definitions/expression","description":"Expression on the record: true means that it was deleted.","examples":["$event = \"task.deleted\""]},"empty":{"anyOf":[{"enum":["keep","missing"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of keep, missing","x-choices":["keep","missing"],"description":"Whether null and \"\" in a record are values (keep) or count as missing (default)."},"partial":{"$ref":"#/definitions/boolean","description":"True: a webhook's record holds only what changed, and is merged over the stored one."},"fetch":{"title":"fetch","type":"object","x-expects":"a map with path","description":"A webhook's record holds only its key: the whole is read by this request.","properties":{"method":{"anyOf":[{"enum":["GET","POST","PUT","PATCH","DELETE"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of GET, POST, PUT, PATCH, DELETE","x-choices":["GET","POST","PUT","PATCH","DELETE"],"description":"HTTP method; GET, or POST where there is a body."},"path":{"$ref":"#/definitions/text","description":"Path below the connection's baseUrl; `{{ }}` holes are filled in and escaped.","examples":["/bookings","/bookings/{{ booking_id }}"]},"query":{"type":"object","x-expects":"a map of names to values","description":"Query parameters, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A parameter's text."}},"headers":{"type":"object","x-expects":"a map of names to values","description":"Request headers, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A header's text."}},"form":{"type":"object","x-expects":"a map of names to values","description":"Body as application/x-www-form-urlencoded, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"multipart":{"type":"object","x-expects":"a map of names to values","description":"Body as multipart/form-data, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"json":{"description":"Body as JSON; the strings in it are texts with `{{ }}` holes."},"record":{"$ref":"#/definitions/expression","description":"Expression on the answer's body: the record; default all of it.","examples":["data"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["path"],"x-message":"a request has one body","x-remedy":"keep one of form, multipart and json","not":{"anyOf":[{"required":["form","multipart"]},{"required":["form","json"]},{"required":["multipart","json"]}]}},"webhook":{"title":"webhook","type":"object","x-expects":"a map with record","description":"Which deliveries of the connection are records of this source.","properties":{"events":{"description":"Names of the events; all without it.","if":{"type":"array"},"then":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"An event's name; * stands for any characters.","x-expects":"text","examples":["task.*"]},"x-expects":"the name of an event, or a list of names"},"else":{"type":"string","minLength":1,"description":"An event's name; * stands for any characters.","x-expects":"text","examples":["task.*"]}},"record":{"$ref":"#/definitions/expression","description":"Expression on `{ body, headers, query }`: the record, or a list of them. Sees `$event`.","examples":["body.data.object"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["record"]},"poll":{"$ref":"#/definitions/poll","description":"How records are read on a schedule."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["connection"],"if":{"required":["resource"]},"else":{"required":["key"]}};
const schema44 = {"pattern":"^(?!(?:event|vars|before|record|result|since|from|to|status|headers)$)[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*$","description":"A name of letters, digits and _, none of the built-in variables."};
const pattern37 = new RegExp("^(?!(?:event|vars|before|record|result|since|from|to|status|headers)$)[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*$", "u");

function validate142(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern37.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(?!(?:event|vars|before|record|result|since|from|to|status|headers)$)[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*$"},message:"must match pattern \""+"^(?!(?:event|vars|before|record|result|since|from|to|status|headers)$)[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*$"+"\"",schema:"^(?!(?:event|vars|before|record|result|since|from|to|status|headers)$)[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*$",parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
validate142.errors = vErrors;
return errors === 0;
}

const schema45 = {"anyOf":[{"type":"boolean"},{"$ref":"#/definitions/variable"}],"x-expects":"true or false","description":"True or false."};

function validate148(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
if(typeof data !== "boolean"){
const err0 = {instancePath,schemaPath:"#/anyOf/0/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema45.anyOf[0].type,parentSchema:schema45.anyOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
if(!valid0){
const _errs3 = errors;
if(!(validate50(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid0 = _errs3 === errors;
valid0 = valid0 || _valid0;
}
if(!valid0){
const err1 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema45.anyOf,parentSchema:schema45,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate148.errors = vErrors;
return errors === 0;
}

const schema46 = {"title":"poll","type":"object","x-expects":"a map with request, records","description":"How records are read on a schedule; without `every` and `schedule` only `run` reads them.","properties":{"every":{"$ref":"#/definitions/positiveDuration","description":"How often; polls at start too.","examples":["10m"]},"schedule":{"$ref":"#/definitions/cron","description":"When, as a cron line; in the file's timezone, else UTC."},"full":{"$ref":"#/definitions/cron","description":"When to read everything, as a cron line: keys that are gone count as deleted.","examples":["0 3 * * 0"]},"overlap":{"$ref":"#/definitions/duration","description":"How much of what was read is read again, for rows that commit late; default 5m.","examples":["5m"]},"window":{"title":"window","type":"object","x-expects":"a map with from, to","description":"Dates to read, relative to now; binds `$from` and `$to`.","properties":{"from":{"$ref":"#/definitions/signedDuration","description":"First date.","examples":["-30d"]},"to":{"$ref":"#/definitions/signedDuration","description":"Last date.","examples":["+540d"]},"step":{"$ref":"#/definitions/positiveDuration","description":"Length of each request's window; default all at once.","examples":["90d"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["from","to"]},"request":{"title":"request","type":"object","x-expects":"a map with path","description":"What is asked for; its texts see `$since`, `$from` and `$to`.","properties":{"method":{"anyOf":[{"enum":["GET","POST","PUT","PATCH","DELETE"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of GET, POST, PUT, PATCH, DELETE","x-choices":["GET","POST","PUT","PATCH","DELETE"],"description":"HTTP method; GET, or POST where there is a body."},"path":{"$ref":"#/definitions/text","description":"Path below the connection's baseUrl; `{{ }}` holes are filled in and escaped.","examples":["/bookings","/bookings/{{ booking_id }}"]},"query":{"type":"object","x-expects":"a map of names to values","description":"Query parameters, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A parameter's text."}},"headers":{"type":"object","x-expects":"a map of names to values","description":"Request headers, each a text; one that yields nothing is left out.","additionalProperties":{"$ref":"#/definitions/text","description":"A header's text."}},"form":{"type":"object","x-expects":"a map of names to values","description":"Body as application/x-www-form-urlencoded, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"multipart":{"type":"object","x-expects":"a map of names to values","description":"Body as multipart/form-data, each field a text.","additionalProperties":{"$ref":"#/definitions/text","description":"A field's text."}},"json":{"description":"Body as JSON; the strings in it are texts with `{{ }}` holes."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["path"],"x-message":"a request has one body","x-remedy":"keep one of form, multipart and json","not":{"anyOf":[{"required":["form","multipart"]},{"required":["form","json"]},{"required":["multipart","json"]}]}},"records":{"$ref":"#/definitions/expression","description":"Expression on the answer's body: its records.","examples":["data","bookings.*"]},"next":{"description":"How the next page is asked for; default none.","if":{"type":"object"},"then":{"$ref":"#/definitions/next"},"else":{"enum":["page","offset","link","none"],"x-expects":"page, offset, link, none, or { type: cursor, value: … }"},"defaultSnippets":[{"label":"page","description":"Pages by number; ends at an empty or repeated page.","body":"page"},{"label":"offset","description":"Pages by the number of records read so far.","body":"offset"},{"label":"link","description":"The answer holds the next page's address.","body":"link"},{"label":"none","description":"There is one page.","body":"none"},{"label":"cursor","description":"The answer holds the next page's cursor.","body":{"type":"cursor","value":"${1:meta.nextCursor}"}},{"label":"none","description":"There is one page.","body":"none"}]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["request","records"],"x-message":"a poll has either every or schedule","x-remedy":"keep one of the two","not":{"required":["every","schedule"]}};
const schema47 = {"type":"string","pattern":"(?:^\\s*\\S+(?:\\s+\\S+){4,5}\\s*$)|\\$\\{","x-expects":"a cron line of five fields such as \"*/10 * * * *\"","description":"A cron line: minute, hour, day, month, weekday.","examples":["*/10 * * * *","0 3 * * 0","30 7 * * 1-5"]};
const pattern42 = new RegExp("(?:^\\s*\\S+(?:\\s+\\S+){4,5}\\s*$)|\\$\\{", "u");

function validate161(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern42.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "(?:^\\s*\\S+(?:\\s+\\S+){4,5}\\s*$)|\\$\\{"},message:"must match pattern \""+"(?:^\\s*\\S+(?:\\s+\\S+){4,5}\\s*$)|\\$\\{"+"\"",schema:"(?:^\\s*\\S+(?:\\s+\\S+){4,5}\\s*$)|\\$\\{",parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.type,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate161.errors = vErrors;
return errors === 0;
}

const schema48 = {"type":"string","pattern":"(?:^(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{","x-expects":"a duration such as 30s, 10m or 24h","description":"A duration: 500ms, 30s, 10m, 24h, 90d.","examples":["30s","10m"]};
const pattern43 = new RegExp("(?:^(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{", "u");

function validate164(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern43.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "(?:^(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{"},message:"must match pattern \""+"(?:^(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{"+"\"",schema:"(?:^(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{",parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema48.type,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate164.errors = vErrors;
return errors === 0;
}

const schema49 = {"type":"string","pattern":"(?:^[+-]?\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)$)|\\$\\{","x-expects":"a duration such as -30d or +540d","description":"A time relative to now: -30d, +540d.","examples":["-30d"]};
const pattern45 = new RegExp("(?:^[+-]?\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)$)|\\$\\{", "u");

function validate166(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern45.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "(?:^[+-]?\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)$)|\\$\\{"},message:"must match pattern \""+"(?:^[+-]?\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)$)|\\$\\{"+"\"",schema:"(?:^[+-]?\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)$)|\\$\\{",parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema49.type,parentSchema:schema49,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate166.errors = vErrors;
return errors === 0;
}

const schema50 = {"type":"object","x-expects":"a map with a type, such as { type: page }","description":"How the next page is asked for.","required":["type"],"properties":{"type":{"description":"How pages follow each other: page, offset, cursor, link or none.","defaultSnippets":[{"label":"page","description":"Pages by number; ends at an empty or repeated page.","body":"page"},{"label":"offset","description":"Pages by the number of records read so far.","body":"offset"},{"label":"cursor","description":"The answer holds the next page's cursor.","body":"cursor"},{"label":"link","description":"The answer holds the next page's address.","body":"link"},{"label":"none","description":"There is one page.","body":"none"}]}},"discriminator":{"propertyName":"type"},"oneOf":[{"title":"next page","type":"object","x-expects":"a map with type","description":"Pages by number; ends at an empty or repeated page.","properties":{"type":{"const":"page","description":"This kind: page."},"param":{"type":"string","minLength":1,"description":"The parameter; default page.","x-expects":"text"},"start":{"anyOf":[{"type":"integer","minimum":0},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number","description":"The first page; default 1."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]},{"title":"next offset","type":"object","x-expects":"a map with type","description":"Pages by the number of records read so far.","properties":{"type":{"const":"offset","description":"This kind: offset."},"param":{"type":"string","minLength":1,"description":"The parameter; default offset.","x-expects":"text"},"start":{"anyOf":[{"type":"integer","minimum":0},{"$ref":"#/definitions/variable"}],"x-expects":"a whole number","description":"The first offset; default 0."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]},{"title":"next cursor","type":"object","x-expects":"a map with type, value","description":"The answer holds the next page's cursor.","properties":{"type":{"const":"cursor","description":"This kind: cursor."},"param":{"type":"string","minLength":1,"description":"The parameter; default cursor.","x-expects":"text"},"value":{"$ref":"#/definitions/expression","description":"Expression on the answer's body: the next cursor, nothing at the end.","examples":["next_cursor"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","value"]},{"title":"next link","type":"object","x-expects":"a map with type","description":"The answer holds the next page's address.","properties":{"type":{"const":"link","description":"This kind: link."},"value":{"$ref":"#/definitions/expression","description":"Expression on the answer's body: the address; without it, the Link header says it.","examples":["links.next"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]},{"title":"next none","type":"object","x-expects":"a map with type","description":"There is one page.","properties":{"type":{"const":"none","description":"This kind: none."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type"]}]};

function validate177(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema50.required,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "page"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema50.oneOf[0].required,parentSchema:schema50.oneOf[0],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "param")) || (key0 === "start")) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/oneOf/0/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema50.oneOf[0],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("page" !== data0){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/0/properties/type/const",keyword:"const",params:{allowedValue: "page"},message:"must be equal to constant",schema:"page",parentSchema:schema50.oneOf[0].properties.type,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.param !== undefined){
let data1 = data.param;
if(typeof data1 === "string"){
if(func4(data1) < 1){
const err4 = {instancePath:instancePath+"/param",schemaPath:"#/oneOf/0/properties/param/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema50.oneOf[0].properties.param,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/param",schemaPath:"#/oneOf/0/properties/param/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.oneOf[0].properties.param.type,parentSchema:schema50.oneOf[0].properties.param,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.start !== undefined){
let data2 = data.start;
const _errs9 = errors;
let valid3 = false;
const _errs10 = errors;
if(!((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2)))){
const err6 = {instancePath:instancePath+"/start",schemaPath:"#/oneOf/0/properties/start/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema50.oneOf[0].properties.start.anyOf[0].type,parentSchema:schema50.oneOf[0].properties.start.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(typeof data2 == "number"){
if(data2 < 0 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/start",schemaPath:"#/oneOf/0/properties/start/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema50.oneOf[0].properties.start.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var _valid0 = _errs10 === errors;
valid3 = valid3 || _valid0;
if(!valid3){
const _errs12 = errors;
if(!(validate50(data2, {instancePath:instancePath+"/start",parentData:data,parentDataProperty:"start",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid0 = _errs12 === errors;
valid3 = valid3 || _valid0;
}
if(!valid3){
const err8 = {instancePath:instancePath+"/start",schemaPath:"#/oneOf/0/properties/start/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema50.oneOf[0].properties.start.anyOf,parentSchema:schema50.oneOf[0].properties.start,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.oneOf[0].type,parentSchema:schema50.oneOf[0],data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else if(tag0 === "offset"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err10 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema50.oneOf[1].required,parentSchema:schema50.oneOf[1],data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
for(const key1 in data){
if(!((((key1 === "type") || (key1 === "param")) || (key1 === "start")) || (pattern0.test(key1)))){
const err11 = {instancePath,schemaPath:"#/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema50.oneOf[1],data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.type !== undefined){
let data3 = data.type;
if("offset" !== data3){
const err12 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/1/properties/type/const",keyword:"const",params:{allowedValue: "offset"},message:"must be equal to constant",schema:"offset",parentSchema:schema50.oneOf[1].properties.type,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.param !== undefined){
let data4 = data.param;
if(typeof data4 === "string"){
if(func4(data4) < 1){
const err13 = {instancePath:instancePath+"/param",schemaPath:"#/oneOf/1/properties/param/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema50.oneOf[1].properties.param,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/param",schemaPath:"#/oneOf/1/properties/param/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.oneOf[1].properties.param.type,parentSchema:schema50.oneOf[1].properties.param,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.start !== undefined){
let data5 = data.start;
const _errs20 = errors;
let valid6 = false;
const _errs21 = errors;
if(!((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5)))){
const err15 = {instancePath:instancePath+"/start",schemaPath:"#/oneOf/1/properties/start/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema50.oneOf[1].properties.start.anyOf[0].type,parentSchema:schema50.oneOf[1].properties.start.anyOf[0],data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(typeof data5 == "number"){
if(data5 < 0 || isNaN(data5)){
const err16 = {instancePath:instancePath+"/start",schemaPath:"#/oneOf/1/properties/start/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema50.oneOf[1].properties.start.anyOf[0],data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
var _valid1 = _errs21 === errors;
valid6 = valid6 || _valid1;
if(!valid6){
const _errs23 = errors;
if(!(validate50(data5, {instancePath:instancePath+"/start",parentData:data,parentDataProperty:"start",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs23 === errors;
valid6 = valid6 || _valid1;
}
if(!valid6){
const err17 = {instancePath:instancePath+"/start",schemaPath:"#/oneOf/1/properties/start/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema50.oneOf[1].properties.start.anyOf,parentSchema:schema50.oneOf[1].properties.start,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
else {
errors = _errs20;
if(vErrors !== null){
if(_errs20){
vErrors.length = _errs20;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err18 = {instancePath,schemaPath:"#/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.oneOf[1].type,parentSchema:schema50.oneOf[1],data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else if(tag0 === "cursor"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err19 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema50.oneOf[2].required,parentSchema:schema50.oneOf[2],data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data.value === undefined){
const err20 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'",schema:schema50.oneOf[2].required,parentSchema:schema50.oneOf[2],data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key2 in data){
if(!((((key2 === "type") || (key2 === "param")) || (key2 === "value")) || (pattern0.test(key2)))){
const err21 = {instancePath,schemaPath:"#/oneOf/2/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema50.oneOf[2],data};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.type !== undefined){
let data6 = data.type;
if("cursor" !== data6){
const err22 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/2/properties/type/const",keyword:"const",params:{allowedValue: "cursor"},message:"must be equal to constant",schema:"cursor",parentSchema:schema50.oneOf[2].properties.type,data:data6};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.param !== undefined){
let data7 = data.param;
if(typeof data7 === "string"){
if(func4(data7) < 1){
const err23 = {instancePath:instancePath+"/param",schemaPath:"#/oneOf/2/properties/param/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema50.oneOf[2].properties.param,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/param",schemaPath:"#/oneOf/2/properties/param/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.oneOf[2].properties.param.type,parentSchema:schema50.oneOf[2].properties.param,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.value !== undefined){
if(!(validate71(data.value, {instancePath:instancePath+"/value",parentData:data,parentDataProperty:"value",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
}
else {
const err25 = {instancePath,schemaPath:"#/oneOf/2/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.oneOf[2].type,parentSchema:schema50.oneOf[2],data};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else if(tag0 === "link"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err26 = {instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema50.oneOf[3].required,parentSchema:schema50.oneOf[3],data};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
for(const key3 in data){
if(!(((key3 === "type") || (key3 === "value")) || (pattern0.test(key3)))){
const err27 = {instancePath,schemaPath:"#/oneOf/3/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema50.oneOf[3],data};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.type !== undefined){
let data9 = data.type;
if("link" !== data9){
const err28 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/3/properties/type/const",keyword:"const",params:{allowedValue: "link"},message:"must be equal to constant",schema:"link",parentSchema:schema50.oneOf[3].properties.type,data:data9};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.value !== undefined){
if(!(validate71(data.value, {instancePath:instancePath+"/value",parentData:data,parentDataProperty:"value",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
}
else {
const err29 = {instancePath,schemaPath:"#/oneOf/3/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.oneOf[3].type,parentSchema:schema50.oneOf[3],data};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else if(tag0 === "none"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err30 = {instancePath,schemaPath:"#/oneOf/4/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema50.oneOf[4].required,parentSchema:schema50.oneOf[4],data};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
for(const key4 in data){
if(!((key4 === "type") || (pattern0.test(key4)))){
const err31 = {instancePath,schemaPath:"#/oneOf/4/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema50.oneOf[4],data};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.type !== undefined){
let data11 = data.type;
if("none" !== data11){
const err32 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/4/properties/type/const",keyword:"const",params:{allowedValue: "none"},message:"must be equal to constant",schema:"none",parentSchema:schema50.oneOf[4].properties.type,data:data11};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath,schemaPath:"#/oneOf/4/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.oneOf[4].type,parentSchema:schema50.oneOf[4],data};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf",schema:schema50.discriminator,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string",schema:schema50.discriminator,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.type,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
validate177.errors = vErrors;
return errors === 0;
}


function validate159(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs1 = errors;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.every === undefined) && (missing0 = "every")) || ((data.schedule === undefined) && (missing0 = "schedule"))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid0 = _errs2 === errors;
if(valid0){
const err1 = {instancePath,schemaPath:"#/not",keyword:"not",params:{},message:"must NOT be valid",schema:schema46.not,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.request === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "request"},message:"must have required property '"+"request"+"'",schema:schema46.required,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.records === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "records"},message:"must have required property '"+"records"+"'",schema:schema46.required,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!(((((((((key0 === "every") || (key0 === "schedule")) || (key0 === "full")) || (key0 === "overlap")) || (key0 === "window")) || (key0 === "request")) || (key0 === "records")) || (key0 === "next")) || (pattern0.test(key0)))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.every !== undefined){
if(!(validate32(data.every, {instancePath:instancePath+"/every",parentData:data,parentDataProperty:"every",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
if(data.schedule !== undefined){
if(!(validate161(data.schedule, {instancePath:instancePath+"/schedule",parentData:data,parentDataProperty:"schedule",rootData}))){
vErrors = vErrors === null ? validate161.errors : vErrors.concat(validate161.errors);
errors = vErrors.length;
}
}
if(data.full !== undefined){
if(!(validate161(data.full, {instancePath:instancePath+"/full",parentData:data,parentDataProperty:"full",rootData}))){
vErrors = vErrors === null ? validate161.errors : vErrors.concat(validate161.errors);
errors = vErrors.length;
}
}
if(data.overlap !== undefined){
if(!(validate164(data.overlap, {instancePath:instancePath+"/overlap",parentData:data,parentDataProperty:"overlap",rootData}))){
vErrors = vErrors === null ? validate164.errors : vErrors.concat(validate164.errors);
errors = vErrors.length;
}
}
if(data.window !== undefined){
let data4 = data.window;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.from === undefined){
const err5 = {instancePath:instancePath+"/window",schemaPath:"#/properties/window/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema46.properties.window.required,parentSchema:schema46.properties.window,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data4.to === undefined){
const err6 = {instancePath:instancePath+"/window",schemaPath:"#/properties/window/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'",schema:schema46.properties.window.required,parentSchema:schema46.properties.window,data:data4};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key1 in data4){
if(!((((key1 === "from") || (key1 === "to")) || (key1 === "step")) || (pattern0.test(key1)))){
const err7 = {instancePath:instancePath+"/window",schemaPath:"#/properties/window/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema46.properties.window,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data4.from !== undefined){
if(!(validate166(data4.from, {instancePath:instancePath+"/window/from",parentData:data4,parentDataProperty:"from",rootData}))){
vErrors = vErrors === null ? validate166.errors : vErrors.concat(validate166.errors);
errors = vErrors.length;
}
}
if(data4.to !== undefined){
if(!(validate166(data4.to, {instancePath:instancePath+"/window/to",parentData:data4,parentDataProperty:"to",rootData}))){
vErrors = vErrors === null ? validate166.errors : vErrors.concat(validate166.errors);
errors = vErrors.length;
}
}
if(data4.step !== undefined){
if(!(validate32(data4.step, {instancePath:instancePath+"/window/step",parentData:data4,parentDataProperty:"step",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/window",schemaPath:"#/properties/window/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.properties.window.type,parentSchema:schema46.properties.window,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.request !== undefined){
let data8 = data.request;
const _errs16 = errors;
const _errs17 = errors;
const _errs18 = errors;
let valid4 = false;
const _errs19 = errors;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing1;
if(((data8.form === undefined) && (missing1 = "form")) || ((data8.multipart === undefined) && (missing1 = "multipart"))){
const err9 = {};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
var _valid0 = _errs19 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const _errs20 = errors;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing2;
if(((data8.form === undefined) && (missing2 = "form")) || ((data8.json === undefined) && (missing2 = "json"))){
const err10 = {};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
var _valid0 = _errs20 === errors;
valid4 = valid4 || _valid0;
if(!valid4){
const _errs21 = errors;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing3;
if(((data8.multipart === undefined) && (missing3 = "multipart")) || ((data8.json === undefined) && (missing3 = "json"))){
const err11 = {};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
var _valid0 = _errs21 === errors;
valid4 = valid4 || _valid0;
}
}
if(!valid4){
const err12 = {};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
else {
errors = _errs18;
if(vErrors !== null){
if(_errs18){
vErrors.length = _errs18;
}
else {
vErrors = null;
}
}
}
var valid3 = _errs17 === errors;
if(valid3){
const err13 = {instancePath:instancePath+"/request",schemaPath:"#/properties/request/not",keyword:"not",params:{},message:"must NOT be valid",schema:schema46.properties.request.not,parentSchema:schema46.properties.request,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
else {
errors = _errs16;
if(vErrors !== null){
if(_errs16){
vErrors.length = _errs16;
}
else {
vErrors = null;
}
}
}
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.path === undefined){
const err14 = {instancePath:instancePath+"/request",schemaPath:"#/properties/request/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema46.properties.request.required,parentSchema:schema46.properties.request,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key2 in data8){
if(!((((((((key2 === "method") || (key2 === "path")) || (key2 === "query")) || (key2 === "headers")) || (key2 === "form")) || (key2 === "multipart")) || (key2 === "json")) || (pattern0.test(key2)))){
const err15 = {instancePath:instancePath+"/request",schemaPath:"#/properties/request/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema46.properties.request,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data8.method !== undefined){
let data9 = data8.method;
const _errs24 = errors;
let valid6 = false;
const _errs25 = errors;
if(!(((((data9 === "GET") || (data9 === "POST")) || (data9 === "PUT")) || (data9 === "PATCH")) || (data9 === "DELETE"))){
const err16 = {instancePath:instancePath+"/request/method",schemaPath:"#/properties/request/properties/method/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema46.properties.request.properties.method.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema46.properties.request.properties.method.anyOf[0].enum,parentSchema:schema46.properties.request.properties.method.anyOf[0],data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
var _valid1 = _errs25 === errors;
valid6 = valid6 || _valid1;
if(!valid6){
const _errs26 = errors;
if(!(validate50(data9, {instancePath:instancePath+"/request/method",parentData:data8,parentDataProperty:"method",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs26 === errors;
valid6 = valid6 || _valid1;
}
if(!valid6){
const err17 = {instancePath:instancePath+"/request/method",schemaPath:"#/properties/request/properties/method/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema46.properties.request.properties.method.anyOf,parentSchema:schema46.properties.request.properties.method,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
else {
errors = _errs24;
if(vErrors !== null){
if(_errs24){
vErrors.length = _errs24;
}
else {
vErrors = null;
}
}
}
}
if(data8.path !== undefined){
if(!(validate113(data8.path, {instancePath:instancePath+"/request/path",parentData:data8,parentDataProperty:"path",rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
if(data8.query !== undefined){
let data11 = data8.query;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key3 in data11){
if(!(validate113(data11[key3], {instancePath:instancePath+"/request/query/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data11,parentDataProperty:key3,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath:instancePath+"/request/query",schemaPath:"#/properties/request/properties/query/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.properties.request.properties.query.type,parentSchema:schema46.properties.request.properties.query,data:data11};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data8.headers !== undefined){
let data13 = data8.headers;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key4 in data13){
if(!(validate113(data13[key4], {instancePath:instancePath+"/request/headers/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data13,parentDataProperty:key4,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath:instancePath+"/request/headers",schemaPath:"#/properties/request/properties/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.properties.request.properties.headers.type,parentSchema:schema46.properties.request.properties.headers,data:data13};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data8.form !== undefined){
let data15 = data8.form;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key5 in data15){
if(!(validate113(data15[key5], {instancePath:instancePath+"/request/form/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data15,parentDataProperty:key5,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath:instancePath+"/request/form",schemaPath:"#/properties/request/properties/form/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.properties.request.properties.form.type,parentSchema:schema46.properties.request.properties.form,data:data15};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data8.multipart !== undefined){
let data17 = data8.multipart;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key6 in data17){
if(!(validate113(data17[key6], {instancePath:instancePath+"/request/multipart/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data17,parentDataProperty:key6,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err21 = {instancePath:instancePath+"/request/multipart",schemaPath:"#/properties/request/properties/multipart/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.properties.request.properties.multipart.type,parentSchema:schema46.properties.request.properties.multipart,data:data17};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/request",schemaPath:"#/properties/request/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.properties.request.type,parentSchema:schema46.properties.request,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.records !== undefined){
if(!(validate71(data.records, {instancePath:instancePath+"/records",parentData:data,parentDataProperty:"records",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.next !== undefined){
let data20 = data.next;
const _errs46 = errors;
let valid11 = true;
const _errs47 = errors;
if(!(data20 && typeof data20 == "object" && !Array.isArray(data20))){
const err23 = {};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
var _valid2 = _errs47 === errors;
errors = _errs46;
if(vErrors !== null){
if(_errs46){
vErrors.length = _errs46;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid2){
const _errs49 = errors;
if(!(validate177(data20, {instancePath:instancePath+"/next",parentData:data,parentDataProperty:"next",rootData}))){
vErrors = vErrors === null ? validate177.errors : vErrors.concat(validate177.errors);
errors = vErrors.length;
}
var _valid2 = _errs49 === errors;
valid11 = _valid2;
ifClause0 = "then";
}
else {
const _errs50 = errors;
if(!((((data20 === "page") || (data20 === "offset")) || (data20 === "link")) || (data20 === "none"))){
const err24 = {instancePath:instancePath+"/next",schemaPath:"#/properties/next/else/enum",keyword:"enum",params:{allowedValues: schema46.properties.next.else.enum},message:"must be equal to one of the allowed values",schema:schema46.properties.next.else.enum,parentSchema:schema46.properties.next.else,data:data20};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
var _valid2 = _errs50 === errors;
valid11 = _valid2;
ifClause0 = "else";
}
if(!valid11){
const err25 = {instancePath:instancePath+"/next",schemaPath:"#/properties/next/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema46.properties.next.if,parentSchema:schema46.properties.next,data:data20};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.type,parentSchema:schema46,data};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
validate159.errors = vErrors;
return errors === 0;
}


function validate139(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.resource === undefined) && (missing0 = "resource")){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(!_valid0){
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.key === undefined){
const err1 = {instancePath,schemaPath:"#/else/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'",schema:schema43.else.required,parentSchema:schema43.else,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: "else"},message:"must match \"else\" schema",schema:schema43.if,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.connection === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "connection"},message:"must have required property '"+"connection"+"'",schema:schema43.required,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema43.properties, key0)) || (pattern0.test(key0)))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.connection !== undefined){
let data0 = data.connection;
if(typeof data0 === "string"){
if(func4(data0) < 1){
const err5 = {instancePath:instancePath+"/connection",schemaPath:"#/properties/connection/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.connection,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/connection",schemaPath:"#/properties/connection/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.connection.type,parentSchema:schema43.properties.connection,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.resource !== undefined){
let data1 = data.resource;
const _errs8 = errors;
let valid2 = false;
const _errs9 = errors;
if(!((((((data1 === "contact") || (data1 === "task")) || (data1 === "note")) || (data1 === "appointment")) || (data1 === "opportunity")) || (data1 === "business"))){
const err7 = {instancePath:instancePath+"/resource",schemaPath:"#/properties/resource/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema43.properties.resource.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema43.properties.resource.anyOf[0].enum,parentSchema:schema43.properties.resource.anyOf[0],data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid1 = _errs9 === errors;
valid2 = valid2 || _valid1;
if(!valid2){
const _errs10 = errors;
if(!(validate50(data1, {instancePath:instancePath+"/resource",parentData:data,parentDataProperty:"resource",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs10 === errors;
valid2 = valid2 || _valid1;
}
if(!valid2){
const err8 = {instancePath:instancePath+"/resource",schemaPath:"#/properties/resource/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema43.properties.resource.anyOf,parentSchema:schema43.properties.resource,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
else {
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
}
}
if(data.sample !== undefined){
let data2 = data.sample;
if(typeof data2 === "string"){
if(func4(data2) < 1){
const err9 = {instancePath:instancePath+"/sample",schemaPath:"#/properties/sample/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.sample,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/sample",schemaPath:"#/properties/sample/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.sample.type,parentSchema:schema43.properties.sample,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.key !== undefined){
if(!(validate71(data.key, {instancePath:instancePath+"/key",parentData:data,parentDataProperty:"key",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.let !== undefined){
let data4 = data.let;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
const _errs16 = errors;
if(!(validate142(key1, {instancePath:instancePath+"/let",parentData:data4,parentDataProperty:"let",rootData}))){
vErrors = vErrors === null ? validate142.errors : vErrors.concat(validate142.errors);
errors = vErrors.length;
}
var valid3 = _errs16 === errors;
if(!valid3){
const err11 = {instancePath:instancePath+"/let",schemaPath:"#/properties/let/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema43.properties.let.propertyNames,parentSchema:schema43.properties.let,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
for(const key2 in data4){
if(!(pattern0.test(key2))){
if(!(validate71(data4[key2], {instancePath:instancePath+"/let/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
}
}
else {
const err12 = {instancePath:instancePath+"/let",schemaPath:"#/properties/let/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.let.type,parentSchema:schema43.properties.let,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.updatedAt !== undefined){
if(!(validate71(data.updatedAt, {instancePath:instancePath+"/updatedAt",parentData:data,parentDataProperty:"updatedAt",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.deleted !== undefined){
if(!(validate71(data.deleted, {instancePath:instancePath+"/deleted",parentData:data,parentDataProperty:"deleted",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.empty !== undefined){
let data8 = data.empty;
const _errs22 = errors;
let valid5 = false;
const _errs23 = errors;
if(!((data8 === "keep") || (data8 === "missing"))){
const err13 = {instancePath:instancePath+"/empty",schemaPath:"#/properties/empty/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema43.properties.empty.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema43.properties.empty.anyOf[0].enum,parentSchema:schema43.properties.empty.anyOf[0],data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var _valid2 = _errs23 === errors;
valid5 = valid5 || _valid2;
if(!valid5){
const _errs24 = errors;
if(!(validate50(data8, {instancePath:instancePath+"/empty",parentData:data,parentDataProperty:"empty",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid2 = _errs24 === errors;
valid5 = valid5 || _valid2;
}
if(!valid5){
const err14 = {instancePath:instancePath+"/empty",schemaPath:"#/properties/empty/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema43.properties.empty.anyOf,parentSchema:schema43.properties.empty,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
else {
errors = _errs22;
if(vErrors !== null){
if(_errs22){
vErrors.length = _errs22;
}
else {
vErrors = null;
}
}
}
}
if(data.partial !== undefined){
if(!(validate148(data.partial, {instancePath:instancePath+"/partial",parentData:data,parentDataProperty:"partial",rootData}))){
vErrors = vErrors === null ? validate148.errors : vErrors.concat(validate148.errors);
errors = vErrors.length;
}
}
if(data.fetch !== undefined){
let data10 = data.fetch;
const _errs28 = errors;
const _errs29 = errors;
const _errs30 = errors;
let valid7 = false;
const _errs31 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
let missing1;
if(((data10.form === undefined) && (missing1 = "form")) || ((data10.multipart === undefined) && (missing1 = "multipart"))){
const err15 = {};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
var _valid3 = _errs31 === errors;
valid7 = valid7 || _valid3;
if(!valid7){
const _errs32 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
let missing2;
if(((data10.form === undefined) && (missing2 = "form")) || ((data10.json === undefined) && (missing2 = "json"))){
const err16 = {};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
var _valid3 = _errs32 === errors;
valid7 = valid7 || _valid3;
if(!valid7){
const _errs33 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
let missing3;
if(((data10.multipart === undefined) && (missing3 = "multipart")) || ((data10.json === undefined) && (missing3 = "json"))){
const err17 = {};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
var _valid3 = _errs33 === errors;
valid7 = valid7 || _valid3;
}
}
if(!valid7){
const err18 = {};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
else {
errors = _errs30;
if(vErrors !== null){
if(_errs30){
vErrors.length = _errs30;
}
else {
vErrors = null;
}
}
}
var valid6 = _errs29 === errors;
if(valid6){
const err19 = {instancePath:instancePath+"/fetch",schemaPath:"#/properties/fetch/not",keyword:"not",params:{},message:"must NOT be valid",schema:schema43.properties.fetch.not,parentSchema:schema43.properties.fetch,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
else {
errors = _errs28;
if(vErrors !== null){
if(_errs28){
vErrors.length = _errs28;
}
else {
vErrors = null;
}
}
}
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.path === undefined){
const err20 = {instancePath:instancePath+"/fetch",schemaPath:"#/properties/fetch/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema43.properties.fetch.required,parentSchema:schema43.properties.fetch,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key3 in data10){
if(!(((((((((key3 === "method") || (key3 === "path")) || (key3 === "query")) || (key3 === "headers")) || (key3 === "form")) || (key3 === "multipart")) || (key3 === "json")) || (key3 === "record")) || (pattern0.test(key3)))){
const err21 = {instancePath:instancePath+"/fetch",schemaPath:"#/properties/fetch/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema43.properties.fetch,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data10.method !== undefined){
let data11 = data10.method;
const _errs36 = errors;
let valid9 = false;
const _errs37 = errors;
if(!(((((data11 === "GET") || (data11 === "POST")) || (data11 === "PUT")) || (data11 === "PATCH")) || (data11 === "DELETE"))){
const err22 = {instancePath:instancePath+"/fetch/method",schemaPath:"#/properties/fetch/properties/method/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema43.properties.fetch.properties.method.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema43.properties.fetch.properties.method.anyOf[0].enum,parentSchema:schema43.properties.fetch.properties.method.anyOf[0],data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
var _valid4 = _errs37 === errors;
valid9 = valid9 || _valid4;
if(!valid9){
const _errs38 = errors;
if(!(validate50(data11, {instancePath:instancePath+"/fetch/method",parentData:data10,parentDataProperty:"method",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid4 = _errs38 === errors;
valid9 = valid9 || _valid4;
}
if(!valid9){
const err23 = {instancePath:instancePath+"/fetch/method",schemaPath:"#/properties/fetch/properties/method/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema43.properties.fetch.properties.method.anyOf,parentSchema:schema43.properties.fetch.properties.method,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
else {
errors = _errs36;
if(vErrors !== null){
if(_errs36){
vErrors.length = _errs36;
}
else {
vErrors = null;
}
}
}
}
if(data10.path !== undefined){
if(!(validate113(data10.path, {instancePath:instancePath+"/fetch/path",parentData:data10,parentDataProperty:"path",rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
if(data10.query !== undefined){
let data13 = data10.query;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key4 in data13){
if(!(validate113(data13[key4], {instancePath:instancePath+"/fetch/query/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data13,parentDataProperty:key4,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err24 = {instancePath:instancePath+"/fetch/query",schemaPath:"#/properties/fetch/properties/query/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.fetch.properties.query.type,parentSchema:schema43.properties.fetch.properties.query,data:data13};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data10.headers !== undefined){
let data15 = data10.headers;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key5 in data15){
if(!(validate113(data15[key5], {instancePath:instancePath+"/fetch/headers/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data15,parentDataProperty:key5,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err25 = {instancePath:instancePath+"/fetch/headers",schemaPath:"#/properties/fetch/properties/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.fetch.properties.headers.type,parentSchema:schema43.properties.fetch.properties.headers,data:data15};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data10.form !== undefined){
let data17 = data10.form;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key6 in data17){
if(!(validate113(data17[key6], {instancePath:instancePath+"/fetch/form/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data17,parentDataProperty:key6,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err26 = {instancePath:instancePath+"/fetch/form",schemaPath:"#/properties/fetch/properties/form/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.fetch.properties.form.type,parentSchema:schema43.properties.fetch.properties.form,data:data17};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data10.multipart !== undefined){
let data19 = data10.multipart;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key7 in data19){
if(!(validate113(data19[key7], {instancePath:instancePath+"/fetch/multipart/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data19,parentDataProperty:key7,rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err27 = {instancePath:instancePath+"/fetch/multipart",schemaPath:"#/properties/fetch/properties/multipart/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.fetch.properties.multipart.type,parentSchema:schema43.properties.fetch.properties.multipart,data:data19};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data10.record !== undefined){
if(!(validate71(data10.record, {instancePath:instancePath+"/fetch/record",parentData:data10,parentDataProperty:"record",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
}
else {
const err28 = {instancePath:instancePath+"/fetch",schemaPath:"#/properties/fetch/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.fetch.type,parentSchema:schema43.properties.fetch,data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.webhook !== undefined){
let data22 = data.webhook;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.record === undefined){
const err29 = {instancePath:instancePath+"/webhook",schemaPath:"#/properties/webhook/required",keyword:"required",params:{missingProperty: "record"},message:"must have required property '"+"record"+"'",schema:schema43.properties.webhook.required,parentSchema:schema43.properties.webhook,data:data22};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
for(const key8 in data22){
if(!(((key8 === "events") || (key8 === "record")) || (pattern0.test(key8)))){
const err30 = {instancePath:instancePath+"/webhook",schemaPath:"#/properties/webhook/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema43.properties.webhook,data:data22};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data22.events !== undefined){
let data23 = data22.events;
const _errs61 = errors;
let valid15 = true;
const _errs62 = errors;
if(!(Array.isArray(data23))){
const err31 = {};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
var _valid5 = _errs62 === errors;
errors = _errs61;
if(vErrors !== null){
if(_errs61){
vErrors.length = _errs61;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid5){
const _errs64 = errors;
if(Array.isArray(data23)){
if(data23.length < 1){
const err32 = {instancePath:instancePath+"/webhook/events",schemaPath:"#/properties/webhook/properties/events/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema43.properties.webhook.properties.events.then,data:data23};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
const len0 = data23.length;
for(let i0=0; i0<len0; i0++){
let data24 = data23[i0];
if(typeof data24 === "string"){
if(func4(data24) < 1){
const err33 = {instancePath:instancePath+"/webhook/events/" + i0,schemaPath:"#/properties/webhook/properties/events/then/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.webhook.properties.events.then.items,data:data24};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/webhook/events/" + i0,schemaPath:"#/properties/webhook/properties/events/then/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.webhook.properties.events.then.items.type,parentSchema:schema43.properties.webhook.properties.events.then.items,data:data24};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/webhook/events",schemaPath:"#/properties/webhook/properties/events/then/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema43.properties.webhook.properties.events.then.type,parentSchema:schema43.properties.webhook.properties.events.then,data:data23};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
var _valid5 = _errs64 === errors;
valid15 = _valid5;
ifClause0 = "then";
}
else {
const _errs68 = errors;
if(typeof data23 === "string"){
if(func4(data23) < 1){
const err36 = {instancePath:instancePath+"/webhook/events",schemaPath:"#/properties/webhook/properties/events/else/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema43.properties.webhook.properties.events.else,data:data23};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/webhook/events",schemaPath:"#/properties/webhook/properties/events/else/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.webhook.properties.events.else.type,parentSchema:schema43.properties.webhook.properties.events.else,data:data23};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
var _valid5 = _errs68 === errors;
valid15 = _valid5;
ifClause0 = "else";
}
if(!valid15){
const err38 = {instancePath:instancePath+"/webhook/events",schemaPath:"#/properties/webhook/properties/events/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema43.properties.webhook.properties.events.if,parentSchema:schema43.properties.webhook.properties.events,data:data23};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data22.record !== undefined){
if(!(validate71(data22.record, {instancePath:instancePath+"/webhook/record",parentData:data22,parentDataProperty:"record",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
}
else {
const err39 = {instancePath:instancePath+"/webhook",schemaPath:"#/properties/webhook/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.webhook.type,parentSchema:schema43.properties.webhook,data:data22};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.poll !== undefined){
if(!(validate159(data.poll, {instancePath:instancePath+"/poll",parentData:data,parentDataProperty:"poll",rootData}))){
vErrors = vErrors === null ? validate159.errors : vErrors.concat(validate159.errors);
errors = vErrors.length;
}
}
}
else {
const err40 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.type,parentSchema:schema43,data};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
validate139.errors = vErrors;
return errors === 0;
}

const schema51 = {"description":"One mapping: from a source, to a resource or an action of a connection.","type":"object","x-expects":"a sync: a map with from, to and fields","allOf":[{"$ref":"#/definitions/hints"}],"if":{"required":["call"]},"then":{"$ref":"#/definitions/callSync"},"else":{"$ref":"#/definitions/targetSync"}};
const schema52 = {};

function validate187(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
validate187.errors = null;
return true;
}

const schema53 = {"title":"sync that calls","type":"object","x-expects":"a map with from, call","description":"A sync that runs an action: any operation of an API.","properties":{"from":{"type":"string","minLength":1,"description":"The source whose records this sync takes.","x-expects":"text"},"when":{"$ref":"#/definitions/expression","description":"Expression on the record: other records are skipped.","examples":["status = \"Confirmed\"","$exists($person)"]},"key":{"$ref":"#/definitions/expression","description":"Expression on the record: the target's identity, where it is not the record's.","examples":["$person"]},"parent":{"description":"The sync whose target is this one's parent: fills its id in, and waits for it.","if":{"type":"object"},"then":{"$ref":"#/definitions/parent"},"else":{"type":"string","x-expects":"the name of a sync, or { sync, key, timeout }"}},"each":{"$ref":"#/definitions/expression","description":"Expression that yields a list: one target for each element, which is what `fields` see.","examples":["extras"]},"enabled":{"$ref":"#/definitions/boolean","description":"False: this sync does nothing; default true."},"was":{"type":"string","minLength":1,"description":"The name that this sync had before: keeps its links.","x-expects":"text"},"to":{"not":{},"x-message":"a sync has either to or call","x-remedy":"keep one of the two","description":"Only without `call`."},"call":{"type":"string","pattern":"(?:^[^.\\s]+(?:\\.[^.\\s]+){1,2}$)|\\$\\{","x-expects":"<connection>.<operationId>","description":"The operation that is run: `<connection>.<operationId>`.","examples":["ghl.add-contact-to-workflow"]},"with":{"type":"object","x-expects":"a map of names to values","description":"Path, query and body parameters alike.","additionalProperties":{"$ref":"#/definitions/field","description":"One parameter."}},"once":{"anyOf":[{"enum":["per-key"]},{"$ref":"#/definitions/variable"}],"x-expects":"per-key","description":"per-key: once for each key, whatever changes."},"initial":{"anyOf":[{"enum":["skip","run"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of skip, run","x-choices":["skip","run"],"description":"What of records that are there at the first import; default skip."},"repeat":{"anyOf":[{"enum":["safe"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of safe","x-choices":["safe"],"description":"safe: the operation may be repeated when in doubt."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["from","call"]};
const pattern55 = new RegExp("(?:^[^.\\s]+(?:\\.[^.\\s]+){1,2}$)|\\$\\{", "u");
const schema54 = {"title":"parent","type":"object","x-expects":"a map with sync","description":"The parent in full.","properties":{"sync":{"type":"string","minLength":1,"description":"The sync whose target is the parent.","x-expects":"text"},"key":{"$ref":"#/definitions/expression","description":"Expression on the record: the parent's key; default the parent that this record has there."},"timeout":{"$ref":"#/definitions/positiveDuration","description":"How long to wait for it; default 24h.","examples":["24h"]}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["sync"]};

function validate192(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.sync === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "sync"},message:"must have required property '"+"sync"+"'",schema:schema54.required,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "sync") || (key0 === "key")) || (key0 === "timeout")) || (pattern0.test(key0)))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.sync !== undefined){
let data0 = data.sync;
if(typeof data0 === "string"){
if(func4(data0) < 1){
const err2 = {instancePath:instancePath+"/sync",schemaPath:"#/properties/sync/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema54.properties.sync,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/sync",schemaPath:"#/properties/sync/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema54.properties.sync.type,parentSchema:schema54.properties.sync,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.key !== undefined){
if(!(validate71(data.key, {instancePath:instancePath+"/key",parentData:data,parentDataProperty:"key",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate32(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema54.type,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate192.errors = vErrors;
return errors === 0;
}

const schema55 = {"description":"A string is an expression, a number or boolean is itself; { value } is JSON verbatim, { text } is text with holes, { expr } an expression.","if":{"type":"object"},"then":{"$ref":"#/definitions/fieldRule"},"else":{"type":["string","number","boolean"],"minLength":1,"x-expects":"an expression, a number, a boolean, or { value | text | expr: … }"}};
const schema56 = {"type":"object","x-expects":"a map with value, text, expr","description":"A field in full.","properties":{"value":{"description":"Any JSON, verbatim; null clears the field."},"text":{"$ref":"#/definitions/text","description":"Text with `{{ }}` holes.","examples":["Hi {{ first_name }}"]},"expr":{"$ref":"#/definitions/expression","description":"An expression."},"on":{"anyOf":[{"enum":["always","create","empty"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of always, create, empty","x-choices":["always","create","empty"],"description":"When it is written: always (default), create (then people own it), empty (only where the target has nothing)."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"oneOf":[{"required":["value"]},{"required":["text"]},{"required":["expr"]}],"x-message":"a field takes one of value, text and expr","x-remedy":"write one of { value: … }, { text: … } and { expr: … }","x-missing":true};

function validate199(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.value === undefined){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'",schema:schema56.oneOf[0].required,parentSchema:schema56.oneOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.text === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "text"},message:"must have required property '"+"text"+"'",schema:schema56.oneOf[1].required,parentSchema:schema56.oneOf[1],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.expr === undefined){
const err2 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "expr"},message:"must have required property '"+"expr"+"'",schema:schema56.oneOf[2].required,parentSchema:schema56.oneOf[2],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid0 = true;
passing0 = 2;
}
}
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema56.oneOf,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "value") || (key0 === "text")) || (key0 === "expr")) || (key0 === "on")) || (pattern0.test(key0)))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.text !== undefined){
if(!(validate113(data.text, {instancePath:instancePath+"/text",parentData:data,parentDataProperty:"text",rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
if(data.expr !== undefined){
if(!(validate71(data.expr, {instancePath:instancePath+"/expr",parentData:data,parentDataProperty:"expr",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.on !== undefined){
let data2 = data.on;
const _errs9 = errors;
let valid2 = false;
const _errs10 = errors;
if(!(((data2 === "always") || (data2 === "create")) || (data2 === "empty"))){
const err5 = {instancePath:instancePath+"/on",schemaPath:"#/properties/on/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema56.properties.on.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema56.properties.on.anyOf[0].enum,parentSchema:schema56.properties.on.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs10 === errors;
valid2 = valid2 || _valid1;
if(!valid2){
const _errs11 = errors;
if(!(validate50(data2, {instancePath:instancePath+"/on",parentData:data,parentDataProperty:"on",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid2 = valid2 || _valid1;
}
if(!valid2){
const err6 = {instancePath:instancePath+"/on",schemaPath:"#/properties/on/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema56.properties.on.anyOf,parentSchema:schema56.properties.on,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema56.type,parentSchema:schema56,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate199.errors = vErrors;
return errors === 0;
}


function validate198(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = true;
const _errs1 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs3 = errors;
if(!(validate199(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate199.errors : vErrors.concat(validate199.errors);
errors = vErrors.length;
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs4 = errors;
if(((typeof data !== "string") && (!(typeof data == "number"))) && (typeof data !== "boolean")){
const err1 = {instancePath,schemaPath:"#/else/type",keyword:"type",params:{type: schema55.else.type},message:"must be string,number,boolean",schema:schema55.else.type,parentSchema:schema55.else,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(typeof data === "string"){
if(func4(data) < 1){
const err2 = {instancePath,schemaPath:"#/else/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema55.else,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema55.if,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate198.errors = vErrors;
return errors === 0;
}


function validate189(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.from === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema53.required,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.call === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "call"},message:"must have required property '"+"call"+"'",schema:schema53.required,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema53.properties, key0)) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.from !== undefined){
let data0 = data.from;
if(typeof data0 === "string"){
if(func4(data0) < 1){
const err3 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema53.properties.from,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema53.properties.from.type,parentSchema:schema53.properties.from,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.when !== undefined){
if(!(validate71(data.when, {instancePath:instancePath+"/when",parentData:data,parentDataProperty:"when",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.key !== undefined){
if(!(validate71(data.key, {instancePath:instancePath+"/key",parentData:data,parentDataProperty:"key",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.parent !== undefined){
let data3 = data.parent;
const _errs7 = errors;
let valid1 = true;
const _errs8 = errors;
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs8 === errors;
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs10 = errors;
if(!(validate192(data3, {instancePath:instancePath+"/parent",parentData:data,parentDataProperty:"parent",rootData}))){
vErrors = vErrors === null ? validate192.errors : vErrors.concat(validate192.errors);
errors = vErrors.length;
}
var _valid0 = _errs10 === errors;
valid1 = _valid0;
ifClause0 = "then";
}
else {
const _errs11 = errors;
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/parent",schemaPath:"#/properties/parent/else/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema53.properties.parent.else.type,parentSchema:schema53.properties.parent.else,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs11 === errors;
valid1 = _valid0;
ifClause0 = "else";
}
if(!valid1){
const err7 = {instancePath:instancePath+"/parent",schemaPath:"#/properties/parent/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema53.properties.parent.if,parentSchema:schema53.properties.parent,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.each !== undefined){
if(!(validate71(data.each, {instancePath:instancePath+"/each",parentData:data,parentDataProperty:"each",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.enabled !== undefined){
if(!(validate148(data.enabled, {instancePath:instancePath+"/enabled",parentData:data,parentDataProperty:"enabled",rootData}))){
vErrors = vErrors === null ? validate148.errors : vErrors.concat(validate148.errors);
errors = vErrors.length;
}
}
if(data.was !== undefined){
let data6 = data.was;
if(typeof data6 === "string"){
if(func4(data6) < 1){
const err8 = {instancePath:instancePath+"/was",schemaPath:"#/properties/was/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema53.properties.was,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/was",schemaPath:"#/properties/was/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema53.properties.was.type,parentSchema:schema53.properties.was,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.to !== undefined){
const err10 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/not",keyword:"not",params:{},message:"must NOT be valid",schema:schema53.properties.to.not,parentSchema:schema53.properties.to,data:data.to};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data.call !== undefined){
let data8 = data.call;
if(typeof data8 === "string"){
if(!pattern55.test(data8)){
const err11 = {instancePath:instancePath+"/call",schemaPath:"#/properties/call/pattern",keyword:"pattern",params:{pattern: "(?:^[^.\\s]+(?:\\.[^.\\s]+){1,2}$)|\\$\\{"},message:"must match pattern \""+"(?:^[^.\\s]+(?:\\.[^.\\s]+){1,2}$)|\\$\\{"+"\"",schema:"(?:^[^.\\s]+(?:\\.[^.\\s]+){1,2}$)|\\$\\{",parentSchema:schema53.properties.call,data:data8};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/call",schemaPath:"#/properties/call/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema53.properties.call.type,parentSchema:schema53.properties.call,data:data8};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.with !== undefined){
let data9 = data.with;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key1 in data9){
if(!(validate198(data9[key1], {instancePath:instancePath+"/with/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data9,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate198.errors : vErrors.concat(validate198.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/with",schemaPath:"#/properties/with/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema53.properties.with.type,parentSchema:schema53.properties.with,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.once !== undefined){
let data11 = data.once;
const _errs26 = errors;
let valid3 = false;
const _errs27 = errors;
if(!(data11 === "per-key")){
const err14 = {instancePath:instancePath+"/once",schemaPath:"#/properties/once/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema53.properties.once.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema53.properties.once.anyOf[0].enum,parentSchema:schema53.properties.once.anyOf[0],data:data11};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid1 = _errs27 === errors;
valid3 = valid3 || _valid1;
if(!valid3){
const _errs28 = errors;
if(!(validate50(data11, {instancePath:instancePath+"/once",parentData:data,parentDataProperty:"once",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs28 === errors;
valid3 = valid3 || _valid1;
}
if(!valid3){
const err15 = {instancePath:instancePath+"/once",schemaPath:"#/properties/once/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema53.properties.once.anyOf,parentSchema:schema53.properties.once,data:data11};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
else {
errors = _errs26;
if(vErrors !== null){
if(_errs26){
vErrors.length = _errs26;
}
else {
vErrors = null;
}
}
}
}
if(data.initial !== undefined){
let data12 = data.initial;
const _errs30 = errors;
let valid4 = false;
const _errs31 = errors;
if(!((data12 === "skip") || (data12 === "run"))){
const err16 = {instancePath:instancePath+"/initial",schemaPath:"#/properties/initial/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema53.properties.initial.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema53.properties.initial.anyOf[0].enum,parentSchema:schema53.properties.initial.anyOf[0],data:data12};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
var _valid2 = _errs31 === errors;
valid4 = valid4 || _valid2;
if(!valid4){
const _errs32 = errors;
if(!(validate50(data12, {instancePath:instancePath+"/initial",parentData:data,parentDataProperty:"initial",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid2 = _errs32 === errors;
valid4 = valid4 || _valid2;
}
if(!valid4){
const err17 = {instancePath:instancePath+"/initial",schemaPath:"#/properties/initial/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema53.properties.initial.anyOf,parentSchema:schema53.properties.initial,data:data12};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
else {
errors = _errs30;
if(vErrors !== null){
if(_errs30){
vErrors.length = _errs30;
}
else {
vErrors = null;
}
}
}
}
if(data.repeat !== undefined){
let data13 = data.repeat;
const _errs34 = errors;
let valid5 = false;
const _errs35 = errors;
if(!(data13 === "safe")){
const err18 = {instancePath:instancePath+"/repeat",schemaPath:"#/properties/repeat/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema53.properties.repeat.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema53.properties.repeat.anyOf[0].enum,parentSchema:schema53.properties.repeat.anyOf[0],data:data13};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid3 = _errs35 === errors;
valid5 = valid5 || _valid3;
if(!valid5){
const _errs36 = errors;
if(!(validate50(data13, {instancePath:instancePath+"/repeat",parentData:data,parentDataProperty:"repeat",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid3 = _errs36 === errors;
valid5 = valid5 || _valid3;
}
if(!valid5){
const err19 = {instancePath:instancePath+"/repeat",schemaPath:"#/properties/repeat/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema53.properties.repeat.anyOf,parentSchema:schema53.properties.repeat,data:data13};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
else {
errors = _errs34;
if(vErrors !== null){
if(_errs34){
vErrors.length = _errs34;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema53.type,parentSchema:schema53,data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
validate189.errors = vErrors;
return errors === 0;
}

const schema57 = {"title":"sync to a resource","type":"object","x-expects":"a map with from, to","description":"A sync that keeps a resource the same.","properties":{"from":{"type":"string","minLength":1,"description":"The source whose records this sync takes.","x-expects":"text"},"when":{"$ref":"#/definitions/expression","description":"Expression on the record: other records are skipped.","examples":["status = \"Confirmed\"","$exists($person)"]},"key":{"$ref":"#/definitions/expression","description":"Expression on the record: the target's identity, where it is not the record's.","examples":["$person"]},"parent":{"description":"The sync whose target is this one's parent: fills its id in, and waits for it.","if":{"type":"object"},"then":{"$ref":"#/definitions/parent"},"else":{"type":"string","x-expects":"the name of a sync, or { sync, key, timeout }"}},"each":{"$ref":"#/definitions/expression","description":"Expression that yields a list: one target for each element, which is what `fields` see.","examples":["extras"]},"enabled":{"$ref":"#/definitions/boolean","description":"False: this sync does nothing; default true."},"was":{"type":"string","minLength":1,"description":"The name that this sync had before: keeps its links.","x-expects":"text"},"to":{"type":"string","pattern":"(?:^[^.\\s]+\\.[^.\\s]+$)|\\$\\{","x-expects":"<connection>.<resource> such as ghl.contact","description":"The resource that is written: `<connection>.<resource>`.","examples":["ghl.contact"]},"fields":{"type":"object","x-expects":"a map of names to values","description":"What the target's fields hold; only those named are touched.","additionalProperties":{"$ref":"#/definitions/field","description":"One field: an expression, a number or boolean, or { value | text | expr, on }."},"properties":{"customFields":{"type":"object","x-expects":"a map of custom fields","description":"Custom fields, by key or name.","additionalProperties":{"$ref":"#/definitions/field","description":"One custom field."},"doNotSuggest":true}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}}},"tags":{"type":"array","x-expects":"a list of tag rules","description":"Tags to add and remove; others are never touched.","items":{"$ref":"#/definitions/tagRule"}},"onDelete":{"$ref":"#/definitions/departure","description":"What becomes of the target when the record is gone: ignore (default), delete or { tag }."},"onLeave":{"$ref":"#/definitions/departure","description":"What becomes of the target when the record no longer satisfies `when`, or is another target's by now: ignore (default), delete or { tag }."},"onMissing":{"anyOf":[{"enum":["create","skip"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of create, skip","x-choices":["create","skip"],"description":"What to do when the target was deleted by hand; default create."},"pair":{"type":"string","minLength":1,"description":"The sync that this one is the way back of.","x-expects":"text"},"conflict":{"anyOf":[{"enum":["newest","source","target"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of newest, source, target","x-choices":["newest","source","target"],"description":"Whose change wins in a pair."},"quiet":{"$ref":"#/definitions/duration","description":"Least time between two writes to one target; default 2s.","examples":["2s"]},"guard":{"type":"object","x-expects":"a map with change, delete","description":"Stops a run that would change or delete more than this.","properties":{"change":{"$ref":"#/definitions/guardLimit","description":"Share or number of changes."},"delete":{"$ref":"#/definitions/guardLimit","description":"Share or number of deletes; default half of a full read."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false},"mode":{"anyOf":[{"enum":["apply","report"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of apply, report","x-choices":["apply","report"],"description":"Report: nothing is written, differences are reported."},"match":{"type":"array","items":{"type":"string","minLength":1,"description":"A field.","x-expects":"text"},"x-expects":"a list of fields","description":"The fields that a child is found by."},"mark":{"$ref":"#/definitions/boolean","description":"True: a short mark in the text, to be found by."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["from","to"]};
const pattern58 = new RegExp("(?:^[^.\\s]+\\.[^.\\s]+$)|\\$\\{", "u");
const schema58 = {"description":"One rule: which tags to add or remove, and when.","if":{"type":"object"},"then":{"type":"object","x-expects":"a map with when, add, remove","description":"A rule in full.","properties":{"when":{"$ref":"#/definitions/expression","description":"Expression on the record: when the tags are added or removed; default always."},"add":{"$ref":"#/definitions/tagTexts","description":"Tags to add: a text or a list of texts."},"remove":{"$ref":"#/definitions/tagTexts","description":"Tags to remove: a text or a list of texts."},"else":{"anyOf":[{"enum":["remove"]},{"$ref":"#/definitions/variable"}],"x-expects":"remove","description":"remove: this rule owns the tags that it added, and removes what it no longer yields."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"anyOf":[{"required":["add"]},{"required":["remove"]}],"x-message":"a tag rule adds or removes something","x-remedy":"write add: or remove: with tags","x-missing":true},"else":{"type":["string","number"],"x-expects":"a tag, or { when, add, remove, else }"}};
const schema59 = {"description":"A tag or a list of tags.","if":{"type":"array"},"then":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/tag","description":"A tag, a text."},"x-expects":"a tag or a list of tags"},"else":{"$ref":"#/definitions/tag","description":"A tag, a text."}};
const schema60 = {"type":["string","number","boolean"],"minLength":1,"x-expects":"text","description":"A tag: literal text with optional holes: `{{ JSONata }}`."};

function validate220(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(((typeof data !== "string") && (!(typeof data == "number"))) && (typeof data !== "boolean")){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema60.type},message:"must be string,number,boolean",schema:schema60.type,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(typeof data === "string"){
if(func4(data) < 1){
const err1 = {instancePath,schemaPath:"#/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
validate220.errors = vErrors;
return errors === 0;
}


function validate219(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = true;
const _errs1 = errors;
if(!(Array.isArray(data))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs3 = errors;
if(Array.isArray(data)){
if(data.length < 1){
const err1 = {instancePath,schemaPath:"#/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema59.then,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate220(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate220.errors : vErrors.concat(validate220.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/then/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema59.then.type,parentSchema:schema59.then,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs6 = errors;
if(!(validate220(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate220.errors : vErrors.concat(validate220.errors);
errors = vErrors.length;
}
var _valid0 = _errs6 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema59.if,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate219.errors = vErrors;
return errors === 0;
}


function validate217(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = true;
const _errs1 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs3 = errors;
const _errs5 = errors;
let valid1 = false;
const _errs6 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.add === undefined){
const err1 = {instancePath,schemaPath:"#/then/anyOf/0/required",keyword:"required",params:{missingProperty: "add"},message:"must have required property '"+"add"+"'",schema:schema58.then.anyOf[0].required,parentSchema:schema58.then.anyOf[0],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid1 = _errs6 === errors;
valid1 = valid1 || _valid1;
if(!valid1){
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.remove === undefined){
const err2 = {instancePath,schemaPath:"#/then/anyOf/1/required",keyword:"required",params:{missingProperty: "remove"},message:"must have required property '"+"remove"+"'",schema:schema58.then.anyOf[1].required,parentSchema:schema58.then.anyOf[1],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid1 = _errs7 === errors;
valid1 = valid1 || _valid1;
}
if(!valid1){
const err3 = {instancePath,schemaPath:"#/then/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema58.then.anyOf,parentSchema:schema58.then,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "when") || (key0 === "add")) || (key0 === "remove")) || (key0 === "else")) || (pattern0.test(key0)))){
const err4 = {instancePath,schemaPath:"#/then/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema58.then,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.when !== undefined){
if(!(validate71(data.when, {instancePath:instancePath+"/when",parentData:data,parentDataProperty:"when",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.add !== undefined){
if(!(validate219(data.add, {instancePath:instancePath+"/add",parentData:data,parentDataProperty:"add",rootData}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.remove !== undefined){
if(!(validate219(data.remove, {instancePath:instancePath+"/remove",parentData:data,parentDataProperty:"remove",rootData}))){
vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
errors = vErrors.length;
}
}
if(data.else !== undefined){
let data3 = data.else;
const _errs13 = errors;
let valid3 = false;
const _errs14 = errors;
if(!(data3 === "remove")){
const err5 = {instancePath:instancePath+"/else",schemaPath:"#/then/properties/else/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema58.then.properties.else.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema58.then.properties.else.anyOf[0].enum,parentSchema:schema58.then.properties.else.anyOf[0],data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid2 = _errs14 === errors;
valid3 = valid3 || _valid2;
if(!valid3){
const _errs15 = errors;
if(!(validate50(data3, {instancePath:instancePath+"/else",parentData:data,parentDataProperty:"else",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid2 = _errs15 === errors;
valid3 = valid3 || _valid2;
}
if(!valid3){
const err6 = {instancePath:instancePath+"/else",schemaPath:"#/then/properties/else/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema58.then.properties.else.anyOf,parentSchema:schema58.then.properties.else,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
else {
errors = _errs13;
if(vErrors !== null){
if(_errs13){
vErrors.length = _errs13;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/then/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema58.then.type,parentSchema:schema58.then,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs16 = errors;
if((typeof data !== "string") && (!(typeof data == "number"))){
const err8 = {instancePath,schemaPath:"#/else/type",keyword:"type",params:{type: schema58.else.type},message:"must be string,number",schema:schema58.else.type,parentSchema:schema58.else,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
var _valid0 = _errs16 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err9 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema58.if,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate217.errors = vErrors;
return errors === 0;
}

const schema61 = {"if":{"type":"object"},"then":{"title":"tag","type":"object","x-expects":"a map with tag","description":"A tag to add.","properties":{"tag":{"$ref":"#/definitions/text","description":"The tag, a text."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["tag"]},"else":{"anyOf":[{"enum":["ignore","delete"]},{"$ref":"#/definitions/variable"}],"x-expects":"ignore, delete or { tag: … }","x-choices":["ignore","delete"],"description":"ignore, delete or { tag }."},"description":"ignore, delete or { tag }.","defaultSnippets":[{"label":"ignore","description":"The target stays as it is.","body":"ignore"},{"label":"delete","description":"The target is deleted.","body":"delete"},{"label":"tag","description":"The target gets a tag.","body":{"tag":"${1:deleted}"}}]};

function validate227(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = true;
const _errs1 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs1 === errors;
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.tag === undefined){
const err1 = {instancePath,schemaPath:"#/then/required",keyword:"required",params:{missingProperty: "tag"},message:"must have required property '"+"tag"+"'",schema:schema61.then.required,parentSchema:schema61.then,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "tag") || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/then/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema61.then,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.tag !== undefined){
if(!(validate113(data.tag, {instancePath:instancePath+"/tag",parentData:data,parentDataProperty:"tag",rootData}))){
vErrors = vErrors === null ? validate113.errors : vErrors.concat(validate113.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/then/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema61.then.type,parentSchema:schema61.then,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs7 = errors;
const _errs8 = errors;
let valid2 = false;
const _errs9 = errors;
if(!((data === "ignore") || (data === "delete"))){
const err4 = {instancePath,schemaPath:"#/else/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema61.else.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema61.else.anyOf[0].enum,parentSchema:schema61.else.anyOf[0],data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
var _valid1 = _errs9 === errors;
valid2 = valid2 || _valid1;
if(!valid2){
const _errs10 = errors;
if(!(validate50(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs10 === errors;
valid2 = valid2 || _valid1;
}
if(!valid2){
const err5 = {instancePath,schemaPath:"#/else/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema61.else.anyOf,parentSchema:schema61.else,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
else {
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
}
var _valid0 = _errs7 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err6 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema61.if,parentSchema:schema61,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate227.errors = vErrors;
return errors === 0;
}

const schema62 = {"anyOf":[{"type":"integer","minimum":0},{"type":"string","pattern":"(?:^(?:100|\\d{1,2}(?:\\.\\d+)?)%$)|\\$\\{"}],"x-expects":"a number or a share such as 30%","description":"A number or a share."};
const pattern63 = new RegExp("(?:^(?:100|\\d{1,2}(?:\\.\\d+)?)%$)|\\$\\{", "u");

function validate235(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = false;
const _errs1 = errors;
if(!((typeof data == "number") && (!(data % 1) && !isNaN(data)))){
const err0 = {instancePath,schemaPath:"#/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema62.anyOf[0].type,parentSchema:schema62.anyOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(typeof data == "number"){
if(data < 0 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema62.anyOf[0],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs1 === errors;
valid0 = valid0 || _valid0;
if(!valid0){
const _errs3 = errors;
if(typeof data === "string"){
if(!pattern63.test(data)){
const err2 = {instancePath,schemaPath:"#/anyOf/1/pattern",keyword:"pattern",params:{pattern: "(?:^(?:100|\\d{1,2}(?:\\.\\d+)?)%$)|\\$\\{"},message:"must match pattern \""+"(?:^(?:100|\\d{1,2}(?:\\.\\d+)?)%$)|\\$\\{"+"\"",schema:"(?:^(?:100|\\d{1,2}(?:\\.\\d+)?)%$)|\\$\\{",parentSchema:schema62.anyOf[1],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/anyOf/1/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.anyOf[1].type,parentSchema:schema62.anyOf[1],data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs3 === errors;
valid0 = valid0 || _valid0;
}
if(!valid0){
const err4 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema62.anyOf,parentSchema:schema62,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
}
validate235.errors = vErrors;
return errors === 0;
}


function validate209(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.from === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema57.required,parentSchema:schema57,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.to === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'",schema:schema57.required,parentSchema:schema57,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema57.properties, key0)) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema57,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.from !== undefined){
let data0 = data.from;
if(typeof data0 === "string"){
if(func4(data0) < 1){
const err3 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema57.properties.from,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema57.properties.from.type,parentSchema:schema57.properties.from,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.when !== undefined){
if(!(validate71(data.when, {instancePath:instancePath+"/when",parentData:data,parentDataProperty:"when",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.key !== undefined){
if(!(validate71(data.key, {instancePath:instancePath+"/key",parentData:data,parentDataProperty:"key",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.parent !== undefined){
let data3 = data.parent;
const _errs7 = errors;
let valid1 = true;
const _errs8 = errors;
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs8 === errors;
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs10 = errors;
if(!(validate192(data3, {instancePath:instancePath+"/parent",parentData:data,parentDataProperty:"parent",rootData}))){
vErrors = vErrors === null ? validate192.errors : vErrors.concat(validate192.errors);
errors = vErrors.length;
}
var _valid0 = _errs10 === errors;
valid1 = _valid0;
ifClause0 = "then";
}
else {
const _errs11 = errors;
if(typeof data3 !== "string"){
const err6 = {instancePath:instancePath+"/parent",schemaPath:"#/properties/parent/else/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema57.properties.parent.else.type,parentSchema:schema57.properties.parent.else,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs11 === errors;
valid1 = _valid0;
ifClause0 = "else";
}
if(!valid1){
const err7 = {instancePath:instancePath+"/parent",schemaPath:"#/properties/parent/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema57.properties.parent.if,parentSchema:schema57.properties.parent,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.each !== undefined){
if(!(validate71(data.each, {instancePath:instancePath+"/each",parentData:data,parentDataProperty:"each",rootData}))){
vErrors = vErrors === null ? validate71.errors : vErrors.concat(validate71.errors);
errors = vErrors.length;
}
}
if(data.enabled !== undefined){
if(!(validate148(data.enabled, {instancePath:instancePath+"/enabled",parentData:data,parentDataProperty:"enabled",rootData}))){
vErrors = vErrors === null ? validate148.errors : vErrors.concat(validate148.errors);
errors = vErrors.length;
}
}
if(data.was !== undefined){
let data6 = data.was;
if(typeof data6 === "string"){
if(func4(data6) < 1){
const err8 = {instancePath:instancePath+"/was",schemaPath:"#/properties/was/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema57.properties.was,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/was",schemaPath:"#/properties/was/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema57.properties.was.type,parentSchema:schema57.properties.was,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.to !== undefined){
let data7 = data.to;
if(typeof data7 === "string"){
if(!pattern58.test(data7)){
const err10 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/pattern",keyword:"pattern",params:{pattern: "(?:^[^.\\s]+\\.[^.\\s]+$)|\\$\\{"},message:"must match pattern \""+"(?:^[^.\\s]+\\.[^.\\s]+$)|\\$\\{"+"\"",schema:"(?:^[^.\\s]+\\.[^.\\s]+$)|\\$\\{",parentSchema:schema57.properties.to,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema57.properties.to.type,parentSchema:schema57.properties.to,data:data7};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.fields !== undefined){
let data8 = data.fields;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key1 in data8){
if(!((key1 === "customFields") || (pattern0.test(key1)))){
if(!(validate198(data8[key1], {instancePath:instancePath+"/fields/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data8,parentDataProperty:key1,rootData}))){
vErrors = vErrors === null ? validate198.errors : vErrors.concat(validate198.errors);
errors = vErrors.length;
}
}
}
if(data8.customFields !== undefined){
let data10 = data8.customFields;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key2 in data10){
if(!(validate198(data10[key2], {instancePath:instancePath+"/fields/customFields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data10,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate198.errors : vErrors.concat(validate198.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/fields/customFields",schemaPath:"#/properties/fields/properties/customFields/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema57.properties.fields.properties.customFields.type,parentSchema:schema57.properties.fields.properties.customFields,data:data10};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/fields",schemaPath:"#/properties/fields/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema57.properties.fields.type,parentSchema:schema57.properties.fields,data:data8};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.tags !== undefined){
let data12 = data.tags;
if(Array.isArray(data12)){
const len0 = data12.length;
for(let i0=0; i0<len0; i0++){
if(!(validate217(data12[i0], {instancePath:instancePath+"/tags/" + i0,parentData:data12,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate217.errors : vErrors.concat(validate217.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema57.properties.tags.type,parentSchema:schema57.properties.tags,data:data12};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.onDelete !== undefined){
if(!(validate227(data.onDelete, {instancePath:instancePath+"/onDelete",parentData:data,parentDataProperty:"onDelete",rootData}))){
vErrors = vErrors === null ? validate227.errors : vErrors.concat(validate227.errors);
errors = vErrors.length;
}
}
if(data.onLeave !== undefined){
if(!(validate227(data.onLeave, {instancePath:instancePath+"/onLeave",parentData:data,parentDataProperty:"onLeave",rootData}))){
vErrors = vErrors === null ? validate227.errors : vErrors.concat(validate227.errors);
errors = vErrors.length;
}
}
if(data.onMissing !== undefined){
let data16 = data.onMissing;
const _errs33 = errors;
let valid7 = false;
const _errs34 = errors;
if(!((data16 === "create") || (data16 === "skip"))){
const err15 = {instancePath:instancePath+"/onMissing",schemaPath:"#/properties/onMissing/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema57.properties.onMissing.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema57.properties.onMissing.anyOf[0].enum,parentSchema:schema57.properties.onMissing.anyOf[0],data:data16};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid1 = _errs34 === errors;
valid7 = valid7 || _valid1;
if(!valid7){
const _errs35 = errors;
if(!(validate50(data16, {instancePath:instancePath+"/onMissing",parentData:data,parentDataProperty:"onMissing",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs35 === errors;
valid7 = valid7 || _valid1;
}
if(!valid7){
const err16 = {instancePath:instancePath+"/onMissing",schemaPath:"#/properties/onMissing/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema57.properties.onMissing.anyOf,parentSchema:schema57.properties.onMissing,data:data16};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
else {
errors = _errs33;
if(vErrors !== null){
if(_errs33){
vErrors.length = _errs33;
}
else {
vErrors = null;
}
}
}
}
if(data.pair !== undefined){
let data17 = data.pair;
if(typeof data17 === "string"){
if(func4(data17) < 1){
const err17 = {instancePath:instancePath+"/pair",schemaPath:"#/properties/pair/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema57.properties.pair,data:data17};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/pair",schemaPath:"#/properties/pair/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema57.properties.pair.type,parentSchema:schema57.properties.pair,data:data17};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.conflict !== undefined){
let data18 = data.conflict;
const _errs39 = errors;
let valid8 = false;
const _errs40 = errors;
if(!(((data18 === "newest") || (data18 === "source")) || (data18 === "target"))){
const err19 = {instancePath:instancePath+"/conflict",schemaPath:"#/properties/conflict/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema57.properties.conflict.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema57.properties.conflict.anyOf[0].enum,parentSchema:schema57.properties.conflict.anyOf[0],data:data18};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
var _valid2 = _errs40 === errors;
valid8 = valid8 || _valid2;
if(!valid8){
const _errs41 = errors;
if(!(validate50(data18, {instancePath:instancePath+"/conflict",parentData:data,parentDataProperty:"conflict",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid2 = _errs41 === errors;
valid8 = valid8 || _valid2;
}
if(!valid8){
const err20 = {instancePath:instancePath+"/conflict",schemaPath:"#/properties/conflict/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema57.properties.conflict.anyOf,parentSchema:schema57.properties.conflict,data:data18};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
else {
errors = _errs39;
if(vErrors !== null){
if(_errs39){
vErrors.length = _errs39;
}
else {
vErrors = null;
}
}
}
}
if(data.quiet !== undefined){
if(!(validate164(data.quiet, {instancePath:instancePath+"/quiet",parentData:data,parentDataProperty:"quiet",rootData}))){
vErrors = vErrors === null ? validate164.errors : vErrors.concat(validate164.errors);
errors = vErrors.length;
}
}
if(data.guard !== undefined){
let data20 = data.guard;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
for(const key3 in data20){
if(!(((key3 === "change") || (key3 === "delete")) || (pattern0.test(key3)))){
const err21 = {instancePath:instancePath+"/guard",schemaPath:"#/properties/guard/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema57.properties.guard,data:data20};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data20.change !== undefined){
if(!(validate235(data20.change, {instancePath:instancePath+"/guard/change",parentData:data20,parentDataProperty:"change",rootData}))){
vErrors = vErrors === null ? validate235.errors : vErrors.concat(validate235.errors);
errors = vErrors.length;
}
}
if(data20.delete !== undefined){
if(!(validate235(data20.delete, {instancePath:instancePath+"/guard/delete",parentData:data20,parentDataProperty:"delete",rootData}))){
vErrors = vErrors === null ? validate235.errors : vErrors.concat(validate235.errors);
errors = vErrors.length;
}
}
}
else {
const err22 = {instancePath:instancePath+"/guard",schemaPath:"#/properties/guard/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema57.properties.guard.type,parentSchema:schema57.properties.guard,data:data20};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.mode !== undefined){
let data23 = data.mode;
const _errs49 = errors;
let valid10 = false;
const _errs50 = errors;
if(!((data23 === "apply") || (data23 === "report"))){
const err23 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema57.properties.mode.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema57.properties.mode.anyOf[0].enum,parentSchema:schema57.properties.mode.anyOf[0],data:data23};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
var _valid3 = _errs50 === errors;
valid10 = valid10 || _valid3;
if(!valid10){
const _errs51 = errors;
if(!(validate50(data23, {instancePath:instancePath+"/mode",parentData:data,parentDataProperty:"mode",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid3 = _errs51 === errors;
valid10 = valid10 || _valid3;
}
if(!valid10){
const err24 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema57.properties.mode.anyOf,parentSchema:schema57.properties.mode,data:data23};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
else {
errors = _errs49;
if(vErrors !== null){
if(_errs49){
vErrors.length = _errs49;
}
else {
vErrors = null;
}
}
}
}
if(data.match !== undefined){
let data24 = data.match;
if(Array.isArray(data24)){
const len1 = data24.length;
for(let i1=0; i1<len1; i1++){
let data25 = data24[i1];
if(typeof data25 === "string"){
if(func4(data25) < 1){
const err25 = {instancePath:instancePath+"/match/" + i1,schemaPath:"#/properties/match/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema57.properties.match.items,data:data25};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/match/" + i1,schemaPath:"#/properties/match/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema57.properties.match.items.type,parentSchema:schema57.properties.match.items,data:data25};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/match",schemaPath:"#/properties/match/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema57.properties.match.type,parentSchema:schema57.properties.match,data:data24};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.mark !== undefined){
if(!(validate148(data.mark, {instancePath:instancePath+"/mark",parentData:data,parentDataProperty:"mark",rootData}))){
vErrors = vErrors === null ? validate148.errors : vErrors.concat(validate148.errors);
errors = vErrors.length;
}
}
}
else {
const err28 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema57.type,parentSchema:schema57,data};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
validate209.errors = vErrors;
return errors === 0;
}


function validate186(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema51.type,parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(!(validate187(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate187.errors : vErrors.concat(validate187.errors);
errors = vErrors.length;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.call === undefined) && (missing0 = "call")){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(!(validate189(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate189.errors : vErrors.concat(validate189.errors);
errors = vErrors.length;
}
var _valid0 = _errs4 === errors;
valid1 = _valid0;
ifClause0 = "then";
}
else {
const _errs5 = errors;
if(!(validate209(data, {instancePath,parentData,parentDataProperty,rootData}))){
vErrors = vErrors === null ? validate209.errors : vErrors.concat(validate209.errors);
errors = vErrors.length;
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
ifClause0 = "else";
}
if(!valid1){
const err2 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema51.if,parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate186.errors = vErrors;
return errors === 0;
}

const schema63 = {"title":"alert","type":"object","x-expects":"a map with on, notify","description":"Who hears of what.","properties":{"on":{"type":"array","minItems":1,"items":{"anyOf":[{"enum":["dead-letter","auth-failed","auth-due","quota","lag","poll-failed","guard","drift"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of dead-letter, auth-failed, auth-due, quota, lag, poll-failed, guard, drift","x-choices":["dead-letter","auth-failed","auth-due","quota","lag","poll-failed","guard","drift"],"description":"A cause."},"x-expects":"a list of causes","description":"What is told: each cause once while it lasts, the first within a second, what follows within 5m together."},"over":{"$ref":"#/definitions/duration","description":"Of lag: how long the oldest event may be due and not delivered; default 10m.","examples":["10m"]},"notify":{"$ref":"#/definitions/notify","description":"Who is told, and how."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["on","notify"]};
const schema64 = {"type":"object","x-expects":"a map with a type: webhook, email or command","description":"Who is told, and how.","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"title":"notify webhook","type":"object","x-expects":"a map with type, url","description":"A POST to an address; an empty one turns the alert off.","properties":{"type":{"const":"webhook","description":"This kind: webhook."},"url":{"type":"string","x-expects":"an address","description":"The address; empty: this alert is off."},"format":{"anyOf":[{"enum":["json","slack"]},{"$ref":"#/definitions/variable"}],"x-expects":"one of json, slack","x-choices":["json","slack"],"description":"Form of the message: JSON with all that is known, or the text that Slack takes; default json."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","url"]},{"title":"notify email","type":"object","x-expects":"a map with type, to, smtp","description":"A mail.","properties":{"type":{"const":"email","description":"This kind: email."},"to":{"description":"Who gets it.","if":{"type":"array"},"then":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"An address.","x-expects":"text"},"x-expects":"an address or a list of them"},"else":{"type":"string","minLength":1,"description":"An address.","x-expects":"text"}},"smtp":{"type":"string","description":"The mail server: smtp://USER:PASSWORD@HOST:587, or smtps:// on port 465; empty: this alert is off.","x-expects":"text","examples":["${SMTP_URL}"]},"from":{"type":"string","minLength":1,"description":"The sender; default the user of smtp where that is an address, else who gets it.","x-expects":"text"}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","to","smtp"]},{"title":"notify command","type":"object","x-expects":"a map with type, run","description":"A program on this machine.","properties":{"type":{"const":"command","description":"This kind: command."},"run":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"description":"The program, then its arguments.","x-expects":"text"},"x-expects":"a list: the program and its arguments","description":"The program and its arguments, started in the folder of the config without a shell; the alert is JSON on its standard input."}},"patternProperties":{"^x-":{"description":"Free: for anchors and notes."}},"additionalProperties":false,"required":["type","run"]}]};

function validate248(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema64.required,parentSchema:schema64,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "webhook"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema64.oneOf[0].required,parentSchema:schema64.oneOf[0],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.url === undefined){
const err2 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'",schema:schema64.oneOf[0].required,parentSchema:schema64.oneOf[0],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "url")) || (key0 === "format")) || (pattern0.test(key0)))){
const err3 = {instancePath,schemaPath:"#/oneOf/0/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema64.oneOf[0],data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if("webhook" !== data0){
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/0/properties/type/const",keyword:"const",params:{allowedValue: "webhook"},message:"must be equal to constant",schema:"webhook",parentSchema:schema64.oneOf[0].properties.type,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.url !== undefined){
let data1 = data.url;
if(typeof data1 !== "string"){
const err5 = {instancePath:instancePath+"/url",schemaPath:"#/oneOf/0/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.oneOf[0].properties.url.type,parentSchema:schema64.oneOf[0].properties.url,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.format !== undefined){
let data2 = data.format;
const _errs9 = errors;
let valid3 = false;
const _errs10 = errors;
if(!((data2 === "json") || (data2 === "slack"))){
const err6 = {instancePath:instancePath+"/format",schemaPath:"#/oneOf/0/properties/format/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema64.oneOf[0].properties.format.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema64.oneOf[0].properties.format.anyOf[0].enum,parentSchema:schema64.oneOf[0].properties.format.anyOf[0],data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid0 = _errs10 === errors;
valid3 = valid3 || _valid0;
if(!valid3){
const _errs11 = errors;
if(!(validate50(data2, {instancePath:instancePath+"/format",parentData:data,parentDataProperty:"format",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid0 = _errs11 === errors;
valid3 = valid3 || _valid0;
}
if(!valid3){
const err7 = {instancePath:instancePath+"/format",schemaPath:"#/oneOf/0/properties/format/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema64.oneOf[0].properties.format.anyOf,parentSchema:schema64.oneOf[0].properties.format,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/oneOf/0/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema64.oneOf[0].type,parentSchema:schema64.oneOf[0],data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else if(tag0 === "email"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err9 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema64.oneOf[1].required,parentSchema:schema64.oneOf[1],data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.to === undefined){
const err10 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'",schema:schema64.oneOf[1].required,parentSchema:schema64.oneOf[1],data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data.smtp === undefined){
const err11 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "smtp"},message:"must have required property '"+"smtp"+"'",schema:schema64.oneOf[1].required,parentSchema:schema64.oneOf[1],data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
for(const key1 in data){
if(!(((((key1 === "type") || (key1 === "to")) || (key1 === "smtp")) || (key1 === "from")) || (pattern0.test(key1)))){
const err12 = {instancePath,schemaPath:"#/oneOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema64.oneOf[1],data};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.type !== undefined){
let data3 = data.type;
if("email" !== data3){
const err13 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/1/properties/type/const",keyword:"const",params:{allowedValue: "email"},message:"must be equal to constant",schema:"email",parentSchema:schema64.oneOf[1].properties.type,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.to !== undefined){
let data4 = data.to;
const _errs17 = errors;
let valid6 = true;
const _errs18 = errors;
if(!(Array.isArray(data4))){
const err14 = {};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid1 = _errs18 === errors;
errors = _errs17;
if(vErrors !== null){
if(_errs17){
vErrors.length = _errs17;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid1){
const _errs20 = errors;
if(Array.isArray(data4)){
if(data4.length < 1){
const err15 = {instancePath:instancePath+"/to",schemaPath:"#/oneOf/1/properties/to/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema64.oneOf[1].properties.to.then,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(func4(data5) < 1){
const err16 = {instancePath:instancePath+"/to/" + i0,schemaPath:"#/oneOf/1/properties/to/then/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema64.oneOf[1].properties.to.then.items,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/to/" + i0,schemaPath:"#/oneOf/1/properties/to/then/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.oneOf[1].properties.to.then.items.type,parentSchema:schema64.oneOf[1].properties.to.then.items,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/to",schemaPath:"#/oneOf/1/properties/to/then/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema64.oneOf[1].properties.to.then.type,parentSchema:schema64.oneOf[1].properties.to.then,data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid1 = _errs20 === errors;
valid6 = _valid1;
ifClause0 = "then";
}
else {
const _errs24 = errors;
if(typeof data4 === "string"){
if(func4(data4) < 1){
const err19 = {instancePath:instancePath+"/to",schemaPath:"#/oneOf/1/properties/to/else/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema64.oneOf[1].properties.to.else,data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/to",schemaPath:"#/oneOf/1/properties/to/else/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.oneOf[1].properties.to.else.type,parentSchema:schema64.oneOf[1].properties.to.else,data:data4};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
var _valid1 = _errs24 === errors;
valid6 = _valid1;
ifClause0 = "else";
}
if(!valid6){
const err21 = {instancePath:instancePath+"/to",schemaPath:"#/oneOf/1/properties/to/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema64.oneOf[1].properties.to.if,parentSchema:schema64.oneOf[1].properties.to,data:data4};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.smtp !== undefined){
let data6 = data.smtp;
if(typeof data6 !== "string"){
const err22 = {instancePath:instancePath+"/smtp",schemaPath:"#/oneOf/1/properties/smtp/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.oneOf[1].properties.smtp.type,parentSchema:schema64.oneOf[1].properties.smtp,data:data6};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.from !== undefined){
let data7 = data.from;
if(typeof data7 === "string"){
if(func4(data7) < 1){
const err23 = {instancePath:instancePath+"/from",schemaPath:"#/oneOf/1/properties/from/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema64.oneOf[1].properties.from,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/from",schemaPath:"#/oneOf/1/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.oneOf[1].properties.from.type,parentSchema:schema64.oneOf[1].properties.from,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath,schemaPath:"#/oneOf/1/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema64.oneOf[1].type,parentSchema:schema64.oneOf[1],data};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else if(tag0 === "command"){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err26 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema64.oneOf[2].required,parentSchema:schema64.oneOf[2],data};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data.run === undefined){
const err27 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "run"},message:"must have required property '"+"run"+"'",schema:schema64.oneOf[2].required,parentSchema:schema64.oneOf[2],data};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
for(const key2 in data){
if(!(((key2 === "type") || (key2 === "run")) || (pattern0.test(key2)))){
const err28 = {instancePath,schemaPath:"#/oneOf/2/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema64.oneOf[2],data};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.type !== undefined){
let data8 = data.type;
if("command" !== data8){
const err29 = {instancePath:instancePath+"/type",schemaPath:"#/oneOf/2/properties/type/const",keyword:"const",params:{allowedValue: "command"},message:"must be equal to constant",schema:"command",parentSchema:schema64.oneOf[2].properties.type,data:data8};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.run !== undefined){
let data9 = data.run;
if(Array.isArray(data9)){
if(data9.length < 1){
const err30 = {instancePath:instancePath+"/run",schemaPath:"#/oneOf/2/properties/run/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema64.oneOf[2].properties.run,data:data9};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(typeof data10 === "string"){
if(func4(data10) < 1){
const err31 = {instancePath:instancePath+"/run/" + i1,schemaPath:"#/oneOf/2/properties/run/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema64.oneOf[2].properties.run.items,data:data10};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/run/" + i1,schemaPath:"#/oneOf/2/properties/run/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.oneOf[2].properties.run.items.type,parentSchema:schema64.oneOf[2].properties.run.items,data:data10};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/run",schemaPath:"#/oneOf/2/properties/run/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema64.oneOf[2].properties.run.type,parentSchema:schema64.oneOf[2].properties.run,data:data9};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath,schemaPath:"#/oneOf/2/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema64.oneOf[2].type,parentSchema:schema64.oneOf[2],data};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf",schema:schema64.discriminator,parentSchema:schema64,data};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string",schema:schema64.discriminator,parentSchema:schema64,data};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema64.type,parentSchema:schema64,data};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
validate248.errors = vErrors;
return errors === 0;
}


function validate245(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.on === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "on"},message:"must have required property '"+"on"+"'",schema:schema63.required,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.notify === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "notify"},message:"must have required property '"+"notify"+"'",schema:schema63.required,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "on") || (key0 === "over")) || (key0 === "notify")) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.on !== undefined){
let data0 = data.on;
if(Array.isArray(data0)){
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/on",schemaPath:"#/properties/on/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema63.properties.on,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
const _errs5 = errors;
let valid3 = false;
const _errs6 = errors;
if(!((((((((data1 === "dead-letter") || (data1 === "auth-failed")) || (data1 === "auth-due")) || (data1 === "quota")) || (data1 === "lag")) || (data1 === "poll-failed")) || (data1 === "guard")) || (data1 === "drift"))){
const err4 = {instancePath:instancePath+"/on/" + i0,schemaPath:"#/properties/on/items/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema63.properties.on.items.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema63.properties.on.items.anyOf[0].enum,parentSchema:schema63.properties.on.items.anyOf[0],data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
var _valid0 = _errs6 === errors;
valid3 = valid3 || _valid0;
if(!valid3){
const _errs7 = errors;
if(!(validate50(data1, {instancePath:instancePath+"/on/" + i0,parentData:data0,parentDataProperty:i0,rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid0 = _errs7 === errors;
valid3 = valid3 || _valid0;
}
if(!valid3){
const err5 = {instancePath:instancePath+"/on/" + i0,schemaPath:"#/properties/on/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema63.properties.on.items.anyOf,parentSchema:schema63.properties.on.items,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
else {
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err6 = {instancePath:instancePath+"/on",schemaPath:"#/properties/on/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema63.properties.on.type,parentSchema:schema63.properties.on,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.over !== undefined){
if(!(validate164(data.over, {instancePath:instancePath+"/over",parentData:data,parentDataProperty:"over",rootData}))){
vErrors = vErrors === null ? validate164.errors : vErrors.concat(validate164.errors);
errors = vErrors.length;
}
}
if(data.notify !== undefined){
if(!(validate248(data.notify, {instancePath:instancePath+"/notify",parentData:data,parentDataProperty:"notify",rootData}))){
vErrors = vErrors === null ? validate248.errors : vErrors.concat(validate248.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema63.type,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate245.errors = vErrors;
return errors === 0;
}

const schema65 = {"type":"string","pattern":"(?:^(?:never|\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{","x-expects":"a duration such as 30d, or never","description":"A duration, or never."};
const pattern74 = new RegExp("(?:^(?:never|\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{", "u");

function validate254(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern74.test(data)){
const err0 = {instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "(?:^(?:never|\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{"},message:"must match pattern \""+"(?:^(?:never|\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{"+"\"",schema:"(?:^(?:never|\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))$)|\\$\\{",parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema65.type,parentSchema:schema65,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
validate254.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="urn:boothsync:sync-config:1" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.version === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.connections === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "connections"},message:"must have required property '"+"connections"+"'",schema:schema6.required,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema6.properties, key0)) || (pattern0.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.version !== undefined){
let data0 = data.version;
if(!(data0 === 1)){
const err3 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/enum",keyword:"enum",params:{allowedValues: schema6.properties.version.enum},message:"must be equal to one of the allowed values",schema:schema6.properties.version.enum,parentSchema:schema6.properties.version,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.timezone !== undefined){
let data1 = data.timezone;
if(typeof data1 === "string"){
if(!pattern1.test(data1)){
const err4 = {instancePath:instancePath+"/timezone",schemaPath:"#/properties/timezone/pattern",keyword:"pattern",params:{pattern: "(?:^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$)|\\$\\{"},message:"must match pattern \""+"(?:^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$)|\\$\\{"+"\"",schema:"(?:^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$)|\\$\\{",parentSchema:schema6.properties.timezone,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/timezone",schemaPath:"#/properties/timezone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.timezone.type,parentSchema:schema6.properties.timezone,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.country !== undefined){
let data2 = data.country;
if(typeof data2 === "string"){
if(!pattern2.test(data2)){
const err6 = {instancePath:instancePath+"/country",schemaPath:"#/properties/country/pattern",keyword:"pattern",params:{pattern: "(?:^[A-Z]{2}$)|\\$\\{"},message:"must match pattern \""+"(?:^[A-Z]{2}$)|\\$\\{"+"\"",schema:"(?:^[A-Z]{2}$)|\\$\\{",parentSchema:schema6.properties.country,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/country",schemaPath:"#/properties/country/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.country.type,parentSchema:schema6.properties.country,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.connections !== undefined){
let data3 = data.connections;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
const _errs9 = errors;
if(!(validate22(key1, {instancePath:instancePath+"/connections",parentData:data3,parentDataProperty:"connections",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
var valid1 = _errs9 === errors;
if(!valid1){
const err8 = {instancePath:instancePath+"/connections",schemaPath:"#/properties/connections/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema6.properties.connections.propertyNames,parentSchema:schema6.properties.connections,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
for(const key2 in data3){
if(!(pattern0.test(key2))){
if(!(validate24(data3[key2], {instancePath:instancePath+"/connections/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data3,parentDataProperty:key2,rootData}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
}
}
else {
const err9 = {instancePath:instancePath+"/connections",schemaPath:"#/properties/connections/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.connections.type,parentSchema:schema6.properties.connections,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.sources !== undefined){
let data5 = data.sources;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key3 in data5){
const _errs14 = errors;
if(!(validate22(key3, {instancePath:instancePath+"/sources",parentData:data5,parentDataProperty:"sources",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
var valid3 = _errs14 === errors;
if(!valid3){
const err10 = {instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid",schema:schema6.properties.sources.propertyNames,parentSchema:schema6.properties.sources,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
for(const key4 in data5){
if(!(pattern0.test(key4))){
if(!(validate139(data5[key4], {instancePath:instancePath+"/sources/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data5,parentDataProperty:key4,rootData}))){
vErrors = vErrors === null ? validate139.errors : vErrors.concat(validate139.errors);
errors = vErrors.length;
}
}
}
}
else {
const err11 = {instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.sources.type,parentSchema:schema6.properties.sources,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.syncs !== undefined){
let data7 = data.syncs;
const _errs18 = errors;
let valid5 = true;
const _errs19 = errors;
if(!(Array.isArray(data7))){
const err12 = {};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var _valid0 = _errs19 === errors;
errors = _errs18;
if(vErrors !== null){
if(_errs18){
vErrors.length = _errs18;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs21 = errors;
if(Array.isArray(data7)){
if(data7.length < 1){
const err13 = {instancePath:instancePath+"/syncs",schemaPath:"#/properties/syncs/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema6.properties.syncs.then,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 === "string"){
if(func4(data8) < 1){
const err14 = {instancePath:instancePath+"/syncs/" + i0,schemaPath:"#/properties/syncs/then/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema6.properties.syncs.then.items,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/syncs/" + i0,schemaPath:"#/properties/syncs/then/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.syncs.then.items.type,parentSchema:schema6.properties.syncs.then.items,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/syncs",schemaPath:"#/properties/syncs/then/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema6.properties.syncs.then.type,parentSchema:schema6.properties.syncs.then,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
var _valid0 = _errs21 === errors;
valid5 = _valid0;
ifClause0 = "then";
}
else {
const _errs25 = errors;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key5 in data7){
const _errs27 = errors;
if(!(validate22(key5, {instancePath:instancePath+"/syncs",parentData:data7,parentDataProperty:"syncs",rootData}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
var valid8 = _errs27 === errors;
if(!valid8){
const err17 = {instancePath:instancePath+"/syncs",schemaPath:"#/properties/syncs/else/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid",schema:schema6.properties.syncs.else.propertyNames,parentSchema:schema6.properties.syncs.else,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
for(const key6 in data7){
if(!(pattern0.test(key6))){
if(!(validate186(data7[key6], {instancePath:instancePath+"/syncs/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data7,parentDataProperty:key6,rootData}))){
vErrors = vErrors === null ? validate186.errors : vErrors.concat(validate186.errors);
errors = vErrors.length;
}
}
}
}
else {
const err18 = {instancePath:instancePath+"/syncs",schemaPath:"#/properties/syncs/else/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.syncs.else.type,parentSchema:schema6.properties.syncs.else,data:data7};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var _valid0 = _errs25 === errors;
valid5 = _valid0;
ifClause0 = "else";
}
if(!valid5){
const err19 = {instancePath:instancePath+"/syncs",schemaPath:"#/properties/syncs/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema6.properties.syncs.if,parentSchema:schema6.properties.syncs,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.tables !== undefined){
let data10 = data.tables;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key7 in data10){
if(!(pattern0.test(key7))){
let data11 = data10[key7];
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
}
else {
const err20 = {instancePath:instancePath+"/tables/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tables/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.tables.additionalProperties.type,parentSchema:schema6.properties.tables.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
}
else {
const err21 = {instancePath:instancePath+"/tables",schemaPath:"#/properties/tables/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.tables.type,parentSchema:schema6.properties.tables,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.vars !== undefined){
let data12 = data.vars;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
}
else {
const err22 = {instancePath:instancePath+"/vars",schemaPath:"#/properties/vars/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.vars.type,parentSchema:schema6.properties.vars,data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.store !== undefined){
let data13 = data.store;
if(typeof data13 === "string"){
if(!pattern65.test(data13)){
const err23 = {instancePath:instancePath+"/store",schemaPath:"#/properties/store/pattern",keyword:"pattern",params:{pattern: "(?:^(?:sqlite:.+|postgres(?:ql)?://.+)$)|\\$\\{"},message:"must match pattern \""+"(?:^(?:sqlite:.+|postgres(?:ql)?://.+)$)|\\$\\{"+"\"",schema:"(?:^(?:sqlite:.+|postgres(?:ql)?://.+)$)|\\$\\{",parentSchema:schema6.properties.store,data:data13};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/store",schemaPath:"#/properties/store/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.store.type,parentSchema:schema6.properties.store,data:data13};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.server !== undefined){
let data14 = data.server;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key8 in data14){
if(!((((((key8 === "host") || (key8 === "port")) || (key8 === "token")) || (key8 === "bodyLimit")) || (key8 === "backlog")) || (pattern0.test(key8)))){
const err25 = {instancePath:instancePath+"/server",schemaPath:"#/properties/server/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema6.properties.server,data:data14};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data14.host !== undefined){
let data15 = data14.host;
if(typeof data15 === "string"){
if(!pattern67.test(data15)){
const err26 = {instancePath:instancePath+"/server/host",schemaPath:"#/properties/server/properties/host/pattern",keyword:"pattern",params:{pattern: "(?:^(?:[^:/\\s]+|\\[?[0-9A-Fa-f:]+\\]?)$)|\\$\\{"},message:"must match pattern \""+"(?:^(?:[^:/\\s]+|\\[?[0-9A-Fa-f:]+\\]?)$)|\\$\\{"+"\"",schema:"(?:^(?:[^:/\\s]+|\\[?[0-9A-Fa-f:]+\\]?)$)|\\$\\{",parentSchema:schema6.properties.server.properties.host,data:data15};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/server/host",schemaPath:"#/properties/server/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.server.properties.host.type,parentSchema:schema6.properties.server.properties.host,data:data15};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data14.port !== undefined){
let data16 = data14.port;
const _errs47 = errors;
let valid12 = false;
const _errs48 = errors;
if(!((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16)))){
const err28 = {instancePath:instancePath+"/server/port",schemaPath:"#/properties/server/properties/port/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema6.properties.server.properties.port.anyOf[0].type,parentSchema:schema6.properties.server.properties.port.anyOf[0],data:data16};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(typeof data16 == "number"){
if(data16 > 65535 || isNaN(data16)){
const err29 = {instancePath:instancePath+"/server/port",schemaPath:"#/properties/server/properties/port/anyOf/0/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema6.properties.server.properties.port.anyOf[0],data:data16};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data16 < 0 || isNaN(data16)){
const err30 = {instancePath:instancePath+"/server/port",schemaPath:"#/properties/server/properties/port/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema6.properties.server.properties.port.anyOf[0],data:data16};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
var _valid1 = _errs48 === errors;
valid12 = valid12 || _valid1;
if(!valid12){
const _errs50 = errors;
if(!(validate50(data16, {instancePath:instancePath+"/server/port",parentData:data14,parentDataProperty:"port",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid1 = _errs50 === errors;
valid12 = valid12 || _valid1;
}
if(!valid12){
const err31 = {instancePath:instancePath+"/server/port",schemaPath:"#/properties/server/properties/port/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema6.properties.server.properties.port.anyOf,parentSchema:schema6.properties.server.properties.port,data:data16};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
else {
errors = _errs47;
if(vErrors !== null){
if(_errs47){
vErrors.length = _errs47;
}
else {
vErrors = null;
}
}
}
}
if(data14.token !== undefined){
let data17 = data14.token;
if(typeof data17 !== "string"){
const err32 = {instancePath:instancePath+"/server/token",schemaPath:"#/properties/server/properties/token/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.server.properties.token.type,parentSchema:schema6.properties.server.properties.token,data:data17};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data14.bodyLimit !== undefined){
if(!(validate106(data14.bodyLimit, {instancePath:instancePath+"/server/bodyLimit",parentData:data14,parentDataProperty:"bodyLimit",rootData}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
}
if(data14.backlog !== undefined){
let data19 = data14.backlog;
const _errs55 = errors;
let valid13 = false;
const _errs56 = errors;
if(!((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19)))){
const err33 = {instancePath:instancePath+"/server/backlog",schemaPath:"#/properties/server/properties/backlog/anyOf/0/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema6.properties.server.properties.backlog.anyOf[0].type,parentSchema:schema6.properties.server.properties.backlog.anyOf[0],data:data19};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(typeof data19 == "number"){
if(data19 < 1 || isNaN(data19)){
const err34 = {instancePath:instancePath+"/server/backlog",schemaPath:"#/properties/server/properties/backlog/anyOf/0/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema6.properties.server.properties.backlog.anyOf[0],data:data19};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
var _valid2 = _errs56 === errors;
valid13 = valid13 || _valid2;
if(!valid13){
const _errs58 = errors;
if(!(validate50(data19, {instancePath:instancePath+"/server/backlog",parentData:data14,parentDataProperty:"backlog",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid2 = _errs58 === errors;
valid13 = valid13 || _valid2;
}
if(!valid13){
const err35 = {instancePath:instancePath+"/server/backlog",schemaPath:"#/properties/server/properties/backlog/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema6.properties.server.properties.backlog.anyOf,parentSchema:schema6.properties.server.properties.backlog,data:data19};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
else {
errors = _errs55;
if(vErrors !== null){
if(_errs55){
vErrors.length = _errs55;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err36 = {instancePath:instancePath+"/server",schemaPath:"#/properties/server/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.server.type,parentSchema:schema6.properties.server,data:data14};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.alerts !== undefined){
let data20 = data.alerts;
if(Array.isArray(data20)){
const len1 = data20.length;
for(let i1=0; i1<len1; i1++){
if(!(validate245(data20[i1], {instancePath:instancePath+"/alerts/" + i1,parentData:data20,parentDataProperty:i1,rootData}))){
vErrors = vErrors === null ? validate245.errors : vErrors.concat(validate245.errors);
errors = vErrors.length;
}
}
}
else {
const err37 = {instancePath:instancePath+"/alerts",schemaPath:"#/properties/alerts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema6.properties.alerts.type,parentSchema:schema6.properties.alerts,data:data20};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.log !== undefined){
let data22 = data.log;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
for(const key9 in data22){
if(!(((key9 === "level") || (key9 === "personalData")) || (pattern0.test(key9)))){
const err38 = {instancePath:instancePath+"/log",schemaPath:"#/properties/log/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties",schema:false,parentSchema:schema6.properties.log,data:data22};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data22.level !== undefined){
let data23 = data22.level;
const _errs66 = errors;
let valid17 = false;
const _errs67 = errors;
if(!(((((((data23 === "trace") || (data23 === "debug")) || (data23 === "info")) || (data23 === "warn")) || (data23 === "error")) || (data23 === "fatal")) || (data23 === "silent"))){
const err39 = {instancePath:instancePath+"/log/level",schemaPath:"#/properties/log/properties/level/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema6.properties.log.properties.level.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema6.properties.log.properties.level.anyOf[0].enum,parentSchema:schema6.properties.log.properties.level.anyOf[0],data:data23};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
var _valid3 = _errs67 === errors;
valid17 = valid17 || _valid3;
if(!valid17){
const _errs68 = errors;
if(!(validate50(data23, {instancePath:instancePath+"/log/level",parentData:data22,parentDataProperty:"level",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid3 = _errs68 === errors;
valid17 = valid17 || _valid3;
}
if(!valid17){
const err40 = {instancePath:instancePath+"/log/level",schemaPath:"#/properties/log/properties/level/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema6.properties.log.properties.level.anyOf,parentSchema:schema6.properties.log.properties.level,data:data23};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
else {
errors = _errs66;
if(vErrors !== null){
if(_errs66){
vErrors.length = _errs66;
}
else {
vErrors = null;
}
}
}
}
if(data22.personalData !== undefined){
let data24 = data22.personalData;
const _errs70 = errors;
let valid18 = false;
const _errs71 = errors;
if(!((data24 === "mask") || (data24 === "show"))){
const err41 = {instancePath:instancePath+"/log/personalData",schemaPath:"#/properties/log/properties/personalData/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema6.properties.log.properties.personalData.anyOf[0].enum},message:"must be equal to one of the allowed values",schema:schema6.properties.log.properties.personalData.anyOf[0].enum,parentSchema:schema6.properties.log.properties.personalData.anyOf[0],data:data24};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
var _valid4 = _errs71 === errors;
valid18 = valid18 || _valid4;
if(!valid18){
const _errs72 = errors;
if(!(validate50(data24, {instancePath:instancePath+"/log/personalData",parentData:data22,parentDataProperty:"personalData",rootData}))){
vErrors = vErrors === null ? validate50.errors : vErrors.concat(validate50.errors);
errors = vErrors.length;
}
var _valid4 = _errs72 === errors;
valid18 = valid18 || _valid4;
}
if(!valid18){
const err42 = {instancePath:instancePath+"/log/personalData",schemaPath:"#/properties/log/properties/personalData/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema6.properties.log.properties.personalData.anyOf,parentSchema:schema6.properties.log.properties.personalData,data:data24};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
else {
errors = _errs70;
if(vErrors !== null){
if(_errs70){
vErrors.length = _errs70;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err43 = {instancePath:instancePath+"/log",schemaPath:"#/properties/log/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.log.type,parentSchema:schema6.properties.log,data:data22};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data.retention !== undefined){
let data25 = data.retention;
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
for(const key10 in data25){
if(!((((key10 === "done") || (key10 === "deliveries")) || (key10 === "dead")) || (pattern0.test(key10)))){
const err44 = {instancePath:instancePath+"/retention",schemaPath:"#/properties/retention/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema6.properties.retention,data:data25};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data25.done !== undefined){
if(!(validate254(data25.done, {instancePath:instancePath+"/retention/done",parentData:data25,parentDataProperty:"done",rootData}))){
vErrors = vErrors === null ? validate254.errors : vErrors.concat(validate254.errors);
errors = vErrors.length;
}
}
if(data25.deliveries !== undefined){
if(!(validate254(data25.deliveries, {instancePath:instancePath+"/retention/deliveries",parentData:data25,parentDataProperty:"deliveries",rootData}))){
vErrors = vErrors === null ? validate254.errors : vErrors.concat(validate254.errors);
errors = vErrors.length;
}
}
if(data25.dead !== undefined){
if(!(validate254(data25.dead, {instancePath:instancePath+"/retention/dead",parentData:data25,parentDataProperty:"dead",rootData}))){
vErrors = vErrors === null ? validate254.errors : vErrors.concat(validate254.errors);
errors = vErrors.length;
}
}
}
else {
const err45 = {instancePath:instancePath+"/retention",schemaPath:"#/properties/retention/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.retention.type,parentSchema:schema6.properties.retention,data:data25};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.tenants !== undefined){
let data29 = data.tenants;
const _errs80 = errors;
let valid20 = true;
const _errs81 = errors;
if(!(data29 && typeof data29 == "object" && !Array.isArray(data29))){
const err46 = {};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
var _valid5 = _errs81 === errors;
errors = _errs80;
if(vErrors !== null){
if(_errs80){
vErrors.length = _errs80;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid5){
const _errs83 = errors;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
for(const key11 in data29){
if(!(pattern0.test(key11))){
let data30 = data29[key11];
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
for(const key12 in data30){
if(!((key12 === "vars") || (pattern0.test(key12)))){
const err47 = {instancePath:instancePath+"/tenants/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tenants/then/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties",schema:false,parentSchema:schema6.properties.tenants.then.additionalProperties,data:data30};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data30.vars !== undefined){
let data31 = data30.vars;
if(data31 && typeof data31 == "object" && !Array.isArray(data31)){
}
else {
const err48 = {instancePath:instancePath+"/tenants/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/vars",schemaPath:"#/properties/tenants/then/additionalProperties/properties/vars/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.tenants.then.additionalProperties.properties.vars.type,parentSchema:schema6.properties.tenants.then.additionalProperties.properties.vars,data:data31};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/tenants/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tenants/then/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.tenants.then.additionalProperties.type,parentSchema:schema6.properties.tenants.then.additionalProperties,data:data30};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
}
else {
const err50 = {instancePath:instancePath+"/tenants",schemaPath:"#/properties/tenants/then/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.properties.tenants.then.type,parentSchema:schema6.properties.tenants.then,data:data29};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
var _valid5 = _errs83 === errors;
valid20 = _valid5;
ifClause1 = "then";
}
else {
const _errs92 = errors;
if(typeof data29 === "string"){
if(func4(data29) < 1){
const err51 = {instancePath:instancePath+"/tenants",schemaPath:"#/properties/tenants/else/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema6.properties.tenants.else,data:data29};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
else {
const err52 = {instancePath:instancePath+"/tenants",schemaPath:"#/properties/tenants/else/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema6.properties.tenants.else.type,parentSchema:schema6.properties.tenants.else,data:data29};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
var _valid5 = _errs92 === errors;
valid20 = _valid5;
ifClause1 = "else";
}
if(!valid20){
const err53 = {instancePath:instancePath+"/tenants",schemaPath:"#/properties/tenants/if",keyword:"if",params:{failingKeyword: ifClause1},message:"must match \""+ifClause1+"\" schema",schema:schema6.properties.tenants.if,parentSchema:schema6.properties.tenants,data:data29};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
else {
const err54 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema6.type,parentSchema:schema6,data};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}

