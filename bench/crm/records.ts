/** What the bench CRM knows: a contact with two deals for every number, and the activities that were written last. */

/** Old ones are forgotten, so that a long run does not grow the CRM. */
const ACTIVITIES_KEPT = 20_000;

interface Answer {
  status: number;
  value: unknown;
}

interface Activity {
  id: string;
  [member: string]: unknown;
}

export interface Records {
  answer(method: string, url: string, authorization: string, body: string): Answer;
}

export function createRecords(activitiesKept = ACTIVITIES_KEPT): Records {
  const activities = new Map<string, Activity>();
  let lastId = 0;

  function create(given: object): Answer {
    lastId += 1;
    const activity = { ...given, id: `a${lastId}` };
    activities.set(activity.id, activity);
    if (activities.size > activitiesKept) activities.delete(`a${lastId - activitiesKept}`);
    return { status: 201, value: activity };
  }

  function found(value: Activity | undefined): Answer {
    return value === undefined ? NOT_FOUND : { status: 200, value };
  }

  function change(id: string, given: object): Answer {
    const present = activities.get(id);
    if (present === undefined) return NOT_FOUND;
    const changed = { ...present, ...given, id };
    activities.set(id, changed);
    return found(changed);
  }

  function withMarker(marker: string | null): Activity[] {
    return [...activities.values()].filter((activity) => activity["marker"] === marker);
  }

  return {
    answer(method, url, authorization, body) {
      if (!authorization.startsWith("Basic ")) return { status: 401, value: { error: "Who are you?" } };
      const [path = "", query = ""] = url.split("?");
      const [, resource, id] = path.split("/");
      const asked = new URLSearchParams(query);
      switch (`${method} ${resource}`) {
        case "GET me":
          return { status: 200, value: personOf(authorization) };
        case "GET contacts":
          return id === undefined
            ? { status: 200, value: { items: [contactOf(asked.get("phone") ?? "")] } }
            : { status: 200, value: contactOf(`+${id}`) };
        case "GET deals":
          return { status: 200, value: { items: dealsOf(asked.get("contactId") ?? "") } };
        case "GET activities":
          return id === undefined
            ? { status: 200, value: { items: withMarker(asked.get("marker")) } }
            : found(activities.get(id));
        case "POST activities":
          return create(objectIn(body));
        case "PATCH activities":
          return change(id ?? "", objectIn(body));
        default:
          return NOT_FOUND;
      }
    },
  };
}

const NOT_FOUND: Answer = { status: 404, value: { error: "There is no such thing." } };

function personOf(authorization: string): object {
  const [id = ""] = Buffer.from(authorization.slice("Basic ".length), "base64").toString().split(":");
  return { id, name: `Agent ${id}`, timeZone: "UTC" };
}

function contactOf(phone: string): object {
  const id = phone.replace(/\D/g, "");
  return { id, name: `Caller ${id}`, phone };
}

function dealsOf(contactId: string): object[] {
  return ["first", "second"].map((name) => ({ id: `${contactId}-${name}`, title: `The ${name} deal` }));
}

function objectIn(body: string): object {
  const value: unknown = JSON.parse(body);
  return typeof value === "object" && value !== null ? value : {};
}
