using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Teams.Protocol.Activities;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Connector;

/// <summary>
/// Writes to conversations and asks who is in them. One operation at a time for each conversation, within Teams' limits for bots; short
/// faults are tried again for about 10 s, longer ones are the caller's. Every method throws <see cref="ConnectorException"/>.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference</remarks>
public sealed class ConnectorClient : IDisposable
{
    private const int MostPages = 1000;

    private readonly ServiceUrls serviceUrls;
    private readonly ConnectorLimits limits;
    private readonly ConnectorTransport transport;

    internal ConnectorClient(ServiceUrls serviceUrls, ConnectorCredentials credentials, ConnectorLimits limits, TimeProvider clock)
    {
        this.serviceUrls = serviceUrls;
        this.limits = limits;
        transport = new ConnectorTransport(credentials, limits, clock);
    }

    internal ConversationLanes Lanes => transport.Lanes;

    /// <summary>
    /// Sends a message; as a reply when it has a <see cref="OutgoingActivity.ReplyToId"/>. Not repeated when it may have arrived: see
    /// <see cref="ConnectorException.MayHaveHappened"/>.
    /// </summary>
    /// <returns>The id to update or delete it by; null where the service gives none (it split the message, or it was typing).</returns>
    public async Task<string?> SendAsync(ConversationReference to, OutgoingActivity activity, CancellationToken cancellationToken)
    {
        var route = activity.ReplyToId is { } replyTo ? Route(to, "activities", replyTo) : Route(to, "activities");
        var body = await CallAsync(CallKind.Create, HttpMethod.Post, to, route, Body(to, activity), cancellationToken);
        return ReadOrNull(body, ConnectorJsonContext.Default.CreatedResource)?.Id is { Length: > 0 } id ? id : null;
    }

    /// <summary>Replaces a message of the bot's own.</summary>
    public Task UpdateAsync(ConversationReference to, string activityId, OutgoingActivity activity, CancellationToken cancellationToken) =>
        CallAsync(CallKind.Change, HttpMethod.Put, to, Route(to, "activities", activityId), Body(to, activity), cancellationToken);

    /// <summary>Deletes a message of the bot's own.</summary>
    public Task DeleteAsync(ConversationReference to, string activityId, CancellationToken cancellationToken) =>
        CallAsync(CallKind.Change, HttpMethod.Delete, to, Route(to, "activities", activityId), default, cancellationToken);

    /// <summary>Shows for some seconds that the bot is at work.</summary>
    public Task SendTypingAsync(ConversationReference to, CancellationToken cancellationToken) =>
        SendAsync(to, OutgoingActivity.Typing, cancellationToken);

    /// <summary>Opens the personal chat with somebody, or a new thread in a channel. Not repeated when it may have happened.</summary>
    public async Task<CreatedConversation> CreateConversationAsync(
        string serviceUrl,
        NewConversation conversation,
        CancellationToken cancellationToken
    )
    {
        var lane = $"new {conversation.MemberId ?? conversation.ChannelId}";
        var call = new ConnectorCall(
            CallKind.Create,
            HttpMethod.Post,
            Url(serviceUrl, "v3/conversations"),
            lane,
            Checked(conversation.Serialize())
        );
        var body = await transport.SendAsync(call, cancellationToken);
        var created = ReadOrNull(body, ConnectorJsonContext.Default.CreatedResource);
        return created?.Id is { Length: > 0 } id
            ? new CreatedConversation(id, created.ActivityId, created.ServiceUrl)
            : throw new ConnectorException(ConnectorFault.Unavailable, "The connector did not say which conversation it created.")
            {
                MayHaveHappened = true,
            };
    }

    /// <summary>One page of members.</summary>
    /// <param name="pageSize">50 to 500; the service takes other values for these.</param>
    /// <param name="continuationToken">From the page before; null for the first.</param>
    public async Task<MembersPage> GetMembersPageAsync(
        ConversationReference to,
        int pageSize,
        string? continuationToken,
        CancellationToken cancellationToken
    )
    {
        var route = new StringBuilder(Route(to, "pagedmembers"));
        route.Append(CultureInfo.InvariantCulture, $"?pageSize={pageSize}");
        if (!string.IsNullOrEmpty(continuationToken))
        {
            route.Append("&continuationToken=").Append(Uri.EscapeDataString(continuationToken));
        }

        var body = await CallAsync(CallKind.Read, HttpMethod.Get, to, route.ToString(), default, cancellationToken);
        var page = Read(body, ConnectorJsonContext.Default.PagedMembers);
        ChannelMember[] members = [.. (page.Members ?? []).OfType<ChannelMember>()];
        return new MembersPage(members, page.ContinuationToken is { Length: > 0 } token ? token : null);
    }

    /// <summary>Everybody in the conversation, page by page.</summary>
    public async IAsyncEnumerable<ChannelMember> GetMembersAsync(
        ConversationReference to,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? token = null;
        for (var i = 0; i < MostPages; i++)
        {
            var page = await GetMembersPageAsync(to, 500, token, cancellationToken);
            foreach (var member in page.Members)
            {
                yield return member;
            }

            if (page.ContinuationToken is null || page.ContinuationToken == token)
            {
                yield break;
            }

            token = page.ContinuationToken;
        }
    }

    /// <summary>One person; null when the service knows no such person, or no such conversation.</summary>
    /// <param name="idOrAadObjectId"><c>29:…</c> or the Entra object id.</param>
    public async Task<ChannelMember?> GetMemberAsync(ConversationReference to, string idOrAadObjectId, CancellationToken cancellationToken)
    {
        try
        {
            var route = Route(to, "members", idOrAadObjectId);
            var body = await CallAsync(CallKind.Read, HttpMethod.Get, to, route, default, cancellationToken);
            return Read(body, ConnectorJsonContext.Default.ChannelMember);
        }
        catch (ConnectorException missing) when (missing.Status is 404)
        {
            return null;
        }
    }

    public void Dispose() => transport.Dispose();

    private Task<ReadOnlyMemory<byte>> CallAsync(
        CallKind kind,
        HttpMethod method,
        ConversationReference to,
        string route,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    ) => transport.SendAsync(new ConnectorCall(kind, method, Url(to.ServiceUrl, route), to.ConversationId, body), cancellationToken);

    /// <summary>The allow list is asked at every call: the URL may have been stored long ago.</summary>
    private Uri Url(string serviceUrl, string route) =>
        serviceUrls.TryGet(serviceUrl, out var service)
            ? new Uri(string.Concat(service.AbsoluteUri.AsSpan().TrimEnd('/'), "/", route))
            : throw new ConnectorException(ConnectorFault.NotAllowed, "The service URL is not on the allow list.");

    private static string Route(ConversationReference to, string what) => $"v3/conversations/{Segment(to.ConversationId)}/{what}";

    private static string Route(ConversationReference to, string what, string id) => $"{Route(to, what)}/{Segment(id)}";

    /// <summary>Ids come from outside: escaped, and never a step to another folder.</summary>
    private static string Segment(string id) =>
        id is "" or "." or ".."
            ? throw new ConnectorException(ConnectorFault.Invalid, "An id is empty or not an id.")
            : Uri.EscapeDataString(id);

    private ReadOnlyMemory<byte> Body(ConversationReference to, OutgoingActivity activity) => Checked(activity.Serialize(to));

    /// <summary>What the service would answer 413 to is not sent; counted as the service does, two bytes a character.</summary>
    private ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> body) =>
        body.Length * 2 > limits.LargestMessage && Encoding.UTF8.GetCharCount(body.Span) * 2 > limits.LargestMessage
            ? throw new ConnectorException(ConnectorFault.TooBig, "The message is bigger than Teams takes.")
            : body;

    private static T Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class =>
        ReadOrNull(body, type)
        ?? throw new ConnectorException(ConnectorFault.Unavailable, "The connector's answer is not what it should be.");

    private static T? ReadOrNull<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return body.IsEmpty ? null : JsonSerializer.Deserialize(body.Span, type);
        }
        catch (JsonException)
        {
            return null; // A gateway's page, or cut off.
        }
    }
}
