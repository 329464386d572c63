using DocSpaceBot.Hosting;

return await BotApp.RunAsync(args);
