// Starts npm's telegram-test-api on the port given, with its known slips put right:
// dates are in milliseconds, options come back as text, callback queries lack chat_instance.
const TelegramServer = require("telegram-test-api");

const addBotMessage = TelegramServer.prototype.addBotMessage;
TelegramServer.prototype.addBotMessage = function (message, token) {
  const made = addBotMessage.call(this, message, token);
  delete made.link_preview_options;
  return { ...made, date: Math.floor(made.date / 1000) };
};

const formatUpdate = TelegramServer.formatUpdate;
TelegramServer.formatUpdate = function (update) {
  const made = formatUpdate.call(this, update);
  if (made.callback_query) made.callback_query.chat_instance = "-1";
  return made;
};

const server = new TelegramServer({ port: Number(process.argv[2]), host: "127.0.0.1" });
server.start().then(() => process.stdout.write("ready\n"));
