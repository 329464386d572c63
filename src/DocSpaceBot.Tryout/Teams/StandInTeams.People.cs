using System.Text;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>What people do.</summary>
internal sealed partial class StandInTeams
{
    /// <summary>The buttons under a file that the bot offers.</summary>
    public const string Accept = "Accept";
    public const string Decline = "Decline";

    /// <summary>Adds somebody in the tenant. They are in the group chat and the team too, unless told otherwise.</summary>
    public TeamsPerson AddPerson(string name, Func<TeamsPerson, TeamsPerson>? with = null, bool joinsPlaces = true)
    {
        var person = TeamsPerson.Named(name, setup.TenantId);
        return directory.Add(with?.Invoke(person) ?? person, joinsPlaces);
    }

    /// <summary>Changes what Teams knows of somebody, for example their address.</summary>
    public TeamsPerson ChangePerson(string name, Func<TeamsPerson, TeamsPerson> with) =>
        directory.Add(with(directory[name]), joinsPlaces: false);

    /// <summary>The bot is installed everywhere: in everybody's personal scope, in the group chat and in the team.</summary>
    public async Task InstallAsync()
    {
        List<Task> all = [.. directory.People.Select(person => InstallAsync(person.Name, Place.Personal))];
        all.Add(InstallAsync("alice", Place.Group));
        all.Add(InstallAsync("alice", Place.General));
        await Task.WhenAll(all);
    }

    /// <summary>Somebody installs the bot in one place. Both activities about it go out at once, as Teams does.</summary>
    public Task InstallAsync(string who, Place where) => InstallAsync(who, where, isThere: true);

    /// <summary>Somebody removes the bot; from then on it cannot write there.</summary>
    public Task UninstallAsync(string who, Place where) => InstallAsync(who, where, isThere: false);

    /// <summary>Somebody types a message.</summary>
    /// <returns>The HTTP status the bot answered the first delivery with; 502 and 504 when it did not; 0 when it was not told.</returns>
    public async Task<int> SayAsync(string who, Place where, string text, SayOptions? options = null) =>
        (await TypeAsync(who, where, text, options ?? new())).Status;

    /// <summary>
    /// Somebody puts a text into the conversation without naming the bot. In a group and a channel the bot hears of nothing but the first link in it that
    /// its app has registered for.
    /// </summary>
    public Task<TypeResult> PasteAsync(string who, Place where, string text) => TypeAsync(who, where, text, new() { Mention = false });

    private async Task<TypeResult> TypeAsync(string who, Place where, string text, SayOptions options)
    {
        var person = directory[who];
        var conversation = Reachable(where, person);
        var id = directory.NextMessageId();
        var conversationId = conversation.Kind is not ConversationKind.Channel
            ? conversation.Id
            : options.InThread ?? ThreadId.Of(conversation.Id, id);
        // A message that is still being written has no thread of its own yet.
        var preview = await previews.AskAsync(person, conversation, options.InThread ?? conversation.Id, text);

        if (setup.KeepMessages)
        {
            conversation.Post(
                new(id, person.DisplayName, setup.Clock.GetUtcNow())
                {
                    RootId = ThreadId.RootOf(conversationId),
                    Content = new(text, preview.Card is { } card ? [card] : []),
                }
            );
            changes.Raise();
        }

        if (preview.Fault is { } fault)
        {
            ShowTo(person, conversation, fault);
        }

        if (conversation.Kind is not ConversationKind.Personal && !options.Mention)
        {
            return new(0, preview);
        }

        var activity = activities.Message(person, conversation, id, conversationId, text, options);
        return new((await bot.DeliverAsync(activity, options.Delivery))[0].Status, preview);
    }

    /// <summary>Somebody sends a file in their chat with the bot, with or without words.</summary>
    /// <param name="link">Where the bot is told to fetch it from, if not where it is.</param>
    public async Task<int> UploadAsync(
        string who,
        string fileName,
        byte[] bytes,
        string? text = null,
        Delivery? delivery = null,
        string? link = null
    )
    {
        var person = directory[who];
        var conversation = Reachable(Place.Personal, person);
        var id = directory.NextMessageId();
        var file = files.Add(person, fileName, bytes);
        file = file with { DownloadUrl = link ?? file.DownloadUrl };

        conversation.Post(
            new(id, person.DisplayName, setup.Clock.GetUtcNow())
            {
                Content = new(text is null ? $"[{fileName}]" : $"{text} [{fileName}]", []),
            }
        );
        changes.Raise();

        var activity = activities.FileMessage(person, conversation, id, text, file);
        return (await bot.DeliverAsync(activity, delivery ?? Delivery.Once))[0].Status;
    }

    /// <summary>
    /// Presses the button with that title on the newest card the person sees there that has it, with these fields filled in. Where none has it, one
    /// whose title begins with these words, in any letter case.
    /// </summary>
    /// <exception cref="StandInException">There is no such button, or the client would not let the person press it.</exception>
    public async Task<PressResult> PressAsync(
        string who,
        Place where,
        string title,
        IReadOnlyDictionary<string, string>? inputs = null,
        PressOptions? options = null
    )
    {
        var person = directory[who];
        var conversation = directory.Find(where, person);
        options ??= new();

        var isAnswer = where is Place.Personal && title is Accept or Decline;
        await changes.WaitAsync(
            () => FindButton(conversation, person, title) is not null || (isAnswer && OfferIn(conversation) is not null),
            options.Patience
        );

        if (isAnswer && ButtonOn(conversation, person, button => button.Title == title) is null && OfferIn(conversation) is not null)
        {
            return await ConsentAsync(who, title is Accept, options.Delivery);
        }

        var (card, button) = FindButton(conversation, person, title) ?? throw NoButton(conversation, person, title);
        return await cards.PressAsync(card, button, inputs ?? new Dictionary<string, string>(StringComparer.Ordinal), options.Delivery);
    }

    /// <summary>Asks by hand for the newest card that can be refreshed, as its menu allows.</summary>
    public Task<PressResult> RefreshAsync(string who, Place where)
    {
        var person = directory[who];
        var conversation = directory.Find(where, person);
        var message =
            conversation.Messages.LastOrDefault(message =>
                conversation.CardFor(message, who).Card is { } card && CardClient.RefreshOf(card) is not null
            ) ?? throw new StandInException($"{who} sees no card there that can be refreshed.");
        return cards.RefreshAsync(new(person, conversation, message), isAutomatic: false);
    }

    /// <summary>The person turns to a conversation, or away from it. Everybody has everything open to begin with.</summary>
    public void SetOpen(string who, Place where, bool open)
    {
        var person = directory[who];
        var conversation = directory.Find(where, person);
        conversation.SetOpen(who, open);
        if (open)
        {
            refresher.Opened(conversation, person);
        }
    }

    /// <summary>The person takes the file the bot offered last, or does not want it.</summary>
    public async Task<PressResult> ConsentAsync(string who, bool accept, Delivery? delivery = null)
    {
        var person = directory[who];
        var conversation = directory.Find(Place.Personal, person);
        var message = OfferIn(conversation) ?? throw new StandInException($"Nobody has offered {who} a file.");
        var offer = message.Content.FileConsent!.Value;
        var content = offer.GetProperty("content");

        var value = new JsonObject { ["type"] = "fileUpload", ["action"] = accept ? "accept" : "decline" };
        if (content.TryGetProperty(accept ? "acceptContext" : "declineContext", out var context))
        {
            value["context"] = JsonNode.Parse(context.GetRawText());
        }

        if (accept)
        {
            var name = offer.Text("name") ?? "file";
            var (id, url) = files.UploadTarget(bytes => ShowArrived(person, conversation, name, bytes));
            value["uploadInfo"] = new JsonObject
            {
                ["contentUrl"] = $"https://example-my.sharepoint.com/personal/{who}_example_com/Documents/{Uri.EscapeDataString(name)}",
                ["name"] = name,
                ["uploadUrl"] = url.AbsoluteUri,
                ["uniqueId"] = id,
                ["fileType"] = Path.GetExtension(name).TrimStart('.'),
            };
        }

        var invoke = activities.Invoke("fileConsent/invoke", person, conversation, conversation.Id, message.Id, value);
        var answer = (await bot.DeliverAsync(invoke, delivery ?? Delivery.Once))[0];
        return new(answer.Status) { Answer = answer.Body };
    }

    private static PostedMessage? OfferIn(TeamsConversation conversation) =>
        conversation.Messages.LastOrDefault(message => message.Content.FileConsent is not null);

    /// <summary>The person opens the file: as text, so that what is in it can be read and looked for.</summary>
    private void ShowArrived(TeamsPerson person, TeamsConversation conversation, string name, byte[] bytes) =>
        ShowTo(person, conversation, $"File “{name}” arrived:\n{Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').TrimEnd()}");

    private void ShowTo(TeamsPerson person, TeamsConversation conversation, string text)
    {
        conversation.Post(
            new(directory.NextMessageId(), "Teams", setup.Clock.GetUtcNow())
            {
                IsFromBot = true,
                OnlyFor = person.Name,
                Content = new(text, []),
            }
        );
        changes.Raise();
    }

    /// <summary>What the bot has put into the file with this <c>uniqueId</c>.</summary>
    public byte[]? ReceivedFile(string uniqueId) => files.Received(uniqueId);

    private async Task InstallAsync(string who, Place where, bool isThere)
    {
        var person = directory[who];
        // A team has the app as a whole; Teams tells of it in General.
        var conversation = directory.Find(where is Place.Channel ? Place.General : where, person);
        foreach (var place in conversation == directory.General ? [directory.General, directory.Channel] : new[] { conversation })
        {
            place.Installed = isThere;
        }

        JsonObject[] members =
            conversation.Kind is ConversationKind.Personal && isThere
                ? [ActivityFactory.Member(person), activities.Bot()]
                : [activities.Bot()];
        var installation = activities.InstallationUpdate(person, conversation, isThere ? "add" : "remove");
        var roster = activities.MembersChanged(person, conversation, isThere ? "membersAdded" : "membersRemoved", members);

        // Nobody hears of members when a personal chat comes to its end.
        JsonObject[] told = conversation.Kind is ConversationKind.Personal && !isThere ? [installation] : [installation, roster];
        await Task.WhenAll(told.Select(activity => bot.DeliverAsync(activity, Delivery.Once)));
    }

    private TeamsConversation Reachable(Place where, TeamsPerson person) =>
        directory.Find(where, person) is { Installed: true } conversation
            ? conversation
            : throw new StandInException("The bot is not installed there.");

    private static (CardOnScreen, CardButton)? FindButton(TeamsConversation conversation, TeamsPerson person, string title) =>
        ButtonOn(conversation, person, button => button.Title == title)
        ?? ButtonOn(conversation, person, button => BeginsWith(button.Title, title));

    private static bool BeginsWith(string title, string words) =>
        words.Length > 0
        && title.StartsWith(words, StringComparison.OrdinalIgnoreCase)
        && (title.Length == words.Length || !char.IsLetterOrDigit(title[words.Length]));

    private static (CardOnScreen, CardButton)? ButtonOn(TeamsConversation conversation, TeamsPerson person, Func<CardButton, bool> isWanted)
    {
        foreach (var shown in conversation.VisibleTo(person.Name).Reverse())
        {
            if (
                shown.Card is { } card
                && CardReader.Buttons(card).FirstOrDefault(isWanted) is { } button
                && conversation.Find(shown.Id) is { } message
            )
            {
                return (new(person, conversation, message), button);
            }
        }

        return null;
    }

    private static StandInException NoButton(TeamsConversation conversation, TeamsPerson person, string title)
    {
        var titles = conversation
            .VisibleTo(person.Name)
            .Where(message => message.Card is not null)
            .SelectMany(message => CardReader.Buttons(message.Card!.Value))
            .Select(button => $"\"{button.Title}\"")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new(
            $"""{person.Name} sees no button "{title}" there. """
                + (titles.Count == 0 ? "There are no buttons at all." : $"There are: {string.Join(", ", titles)}.")
        );
    }
}
