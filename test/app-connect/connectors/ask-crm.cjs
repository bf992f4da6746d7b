/** Asks the Demo CRM through Node's own http, and throws what axios throws. */

const http = require("node:http");

exports.askCrm = (origin, authHeader, method, path, data) =>
  new Promise((resolve, reject) => {
    const body = data === undefined ? undefined : JSON.stringify(data);
    const headers = {
      authorization: authHeader,
      ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
    };
    const request = http.request(`${origin}${path}`, { method, headers }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const { headers: answered, statusCode: status } = response;
        const answer = { status, headers: answered, data: parsed(text) };
        if (status < 300) return resolve(answer);
        const error = new Error(`Request failed with status code ${status}`);
        reject(Object.assign(error, { isAxiosError: true, response: answer, code: "ERR_BAD_RESPONSE" }));
      });
    });
    request.on("error", (error) => reject(Object.assign(error, { isAxiosError: true })));
    request.end(body);
  });

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
