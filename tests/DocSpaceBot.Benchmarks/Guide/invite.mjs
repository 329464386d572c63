// Brings people in the way ONLYOFFICE's guide "Invite users" does in JavaScript: everybody is created at once, then all who were created
// are invited in one call. Only HTTP 200 counts as success, and nothing is tried again. Says "ready" and waits for the people, so that the
// start of the interpreter is not measured.
import { createInterface } from 'node:readline';

const portal = process.env.PORTAL_URL;
const headers = {
  Accept: 'application/json',
  Authorization: `Bearer ${process.env.PORTAL_KEY}`,
  'Content-Type': 'application/json',
};

const post = (path, body) => fetch(`${portal}api/2.0/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });

async function create({ firstName, lastName, email }) {
  try {
    const answer = await post('people', { firstName, lastName, email });

    if (answer.status !== 200) {
      await answer.text();
      return null;
    }

    return (await answer.json()).response;
  } catch {
    return null;
  }
}

const input = createInterface({ input: process.stdin });
console.log('ready');

const { value } = await input[Symbol.asyncIterator]().next();
const created = (await Promise.all(JSON.parse(value).map(create))).filter((person) => person !== null);

if (created.length > 0) {
  const answer = await post('people/invite', { invitations: created.map(({ email }) => ({ email, type: 'All' })) });
  await answer.text();
}

input.close();
