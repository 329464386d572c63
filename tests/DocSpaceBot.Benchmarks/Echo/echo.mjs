// The echo bot of the official samples with authentication off. It sits directly on Node's HTTP server: a web framework between would only
// make it slower. Prints its address when it listens.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

// botbuilder is installed into the folder this is started in, which is not the one it lies in.
const require = createRequire(`${process.cwd()}/`);
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder');

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
adapter.onTurnError = async (_, error) => console.error(error.message);

const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  await context.sendActivity(`Echo: ${context.activity.text}`);
  await next();
});

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    request.body = JSON.parse(Buffer.concat(chunks).toString());
    // What the adapter expects of a framework's response, and no more.
    const answer = {
      socket: response.socket,
      status: (code) => void (response.statusCode = code),
      send: (body) => response.write(typeof body === 'string' ? body : JSON.stringify(body)),
      header: (name, value) => response.setHeader(name, value),
      end: () => response.end(),
    };
    adapter.process(request, answer, (context) => bot.run(context));
  });
});

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
