/**
 * Runs programs of one JavaScript library and prints what the server says of the client of each. Programs name the ports
 * 6379, 7000 and 7001 and a socket; as with the port mapping of a container these lead to servers on free ports.
 * In (stdin): `{ ports, sockets, programs: [{ id, main, env }] }`; out: one line `{ id, info | error }` for each.
 */

import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { pathToFileURL } from 'node:url';

const { ports, sockets, programs } = JSON.parse(readFileSync(0, 'utf8'));
const LIMIT = 5_000;

const connect = Socket.prototype.connect;
Socket.prototype.connect = function mapped(...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (options?.path) options.path = sockets[options.path] ?? options.path;
  else if (options?.port) options.port = ports[options.port] ?? options.port;
  return connect.apply(this, args);
};

/** How a client of this library is asked; `null` where it is none that we know. */
async function ask(client, key) {
  client.on('error', () => undefined); // told by the command that fails
  if (typeof client.isOpen === 'boolean') {
    await client.connect();
    await client.set(key, '1');
    return client.sendCommand(['CLIENT', 'INFO']);
  }
  if (typeof client.send_command === 'function') {
    const send = (name, args) =>
      new Promise((resolve, reject) => {
        client.send_command(name, args, (error, reply) => (error ? reject(error) : resolve(reply)));
      });
    await send('set', [key, '1']);
    return send('client', ['INFO']);
  }
  await client.set(key, '1');
  return client.client('INFO');
}

function late() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('no answer')), LIMIT);
  });
}

const print = (row) => process.stdout.write(`${JSON.stringify(row)}\n`);
const asked = [];
for (const { id, main, env } of programs) {
  Object.assign(process.env, env);
  try {
    const module = await import(pathToFileURL(main).href);
    const client = module.client ?? module.default.client;
    asked.push(
      Promise.race([ask(client, `probe:${id}`), late()]).then(
        (info) => print({ id, info: String(info) }),
        (error) => print({ id, error: String(error) }),
      ),
    );
  } catch (error) {
    print({ id, error: String(error) });
  }
  for (const name of Object.keys(env)) delete process.env[name];
}
process.on('uncaughtException', () => undefined); // what clients throw after their command was answered
await Promise.all(asked);
process.exit(0);
