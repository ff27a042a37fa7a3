using Addergate.Cli.Commands;

return await Dispatcher.RunAsync(args).ConfigureAwait(false);
