using DocSpace.Api.Http;
using DocSpace.Api.Tests.World;
using DocSpace.Api.Wire;
using static DocSpace.Api.DocSpaceProblemKind;

namespace DocSpace.Api.Tests;

public sealed partial class RecordedExchangeTests
{
    /// <summary>Calls the client never makes, or not like this; their answers must be understood all the same.</summary>
    private static readonly Dictionary<string, Exchange> Others = new(StringComparer.Ordinal)
    {
        ["confirm-link-expired"] = new(Replay("confirm-link-expired"), Assert.Null),
        ["people-create-guide-body-no-type-becomes-room-admin"] = new(
            async it =>
                (
                    await it.SendAsync(
                        CallOf("people-create-guide-body-no-type-becomes-room-admin"),
                        WireJson.Default.EnvelopePersonWire,
                        default
                    )
                ).Response!.ToPerson(),
            it => Assert.Equal(DocSpaceRole.RoomAdmin, Assert.IsType<DocSpacePerson>(it).Role)
        ),
        ["people-create-missing-email"] = new(Replay("people-create-missing-email"), Refused(new(Invalid) { HttpStatus = 400 })),
        ["people-delete-not-suspended"] = new(Replay("people-delete-not-suspended"), Refused(new(Forbidden) { HttpStatus = 403 })),
        ["people-invite-401-key-without-bearer"] = new(
            Replay("people-invite-401-key-without-bearer"),
            Refused(new(NotAuthorised) { HttpStatus = 401 })
        ),
        ["people-invite-existing-user-no-mail"] = new(Replay("people-invite-existing-user-no-mail"), Assert.Null),

        // The same shape as the exceeded limit; the client cannot ask like this, see below.
        ["people-invite-missing-invitations"] = new(
            Replay("people-invite-missing-invitations"),
            Refused(
                new(LimitReached)
                {
                    HttpStatus = 400,
                    Fields = ["Invitations"],
                    Reference = Trace,
                }
            )
        ),
        ["people-invite-numeric-type"] = new(Replay("people-invite-numeric-type"), Assert.Null),
        ["people-invite-reference-value-wrapper"] = new(
            Replay("people-invite-reference-value-wrapper"),
            Refused(new(Invalid) { HttpStatus = 400 })
        ),
        ["portal-invite-link-unknown-type"] = new(
            Replay("portal-invite-link-unknown-type"),
            Refused(
                new(Invalid)
                {
                    HttpStatus = 400,
                    Fields = ["employeeType"],
                    Reference = Trace,
                }
            )
        ),
        ["portal-user-not-a-guid"] = new(Replay("portal-user-not-a-guid"), Refused(new(CallMissing) { HttpStatus = 404 })),
        ["sendcongratulations-valid-server-minted-key"] = new(
            it => it.SendCongratulationsAsync(Olga, "532871020606.J9K99CJHMOG7IENVYQRPDQLNXOKPORBBDCKIG2WS", default).BoxedAsync(),
            it => Assert.True(Assert.IsType<bool>(it))
        ),
        ["webhook-create-head-failed"] = new(Replay("webhook-create-head-failed"), Refused(new(Invalid) { HttpStatus = 400 })),
        ["webhook-create-string-trigger"] = new(
            Replay("webhook-create-string-trigger"),
            Refused(
                new(Invalid)
                {
                    HttpStatus = 400,
                    Fields = ["$.triggers"],
                    Reference = Trace,
                }
            )
        ),
    };

    private static Action<object?> Refused(DocSpaceProblem problem) => it => Assert.Equal(problem, it);

    private static Call CallOf(string name) => Recording.Of(name).AsCall();

    private static Func<DocSpaceClient, Task<object?>> Replay(string name) => it => it.SendAsync(CallOf(name), default).BoxedAsync();

    private static Func<DocSpaceClient, Task<object?>> Invite(params string[] emails) =>
        it => it.InviteAsync([.. emails.Select(email => new EmailInvitation(email, DocSpaceRole.User))], null, default).BoxedAsync();

    private static Func<DocSpaceClient, Task<object?>> Create(
        string firstName,
        string lastName,
        string email,
        DocSpaceRole role = DocSpaceRole.User
    ) => it => it.CreatePersonAsync(new NewPerson(email, firstName, lastName, role), default).BoxedAsync();

    private static Func<DocSpaceClient, Task<object?>> Congratulate(string key) =>
        it => it.SendCongratulationsAsync(Bob, key, default).BoxedAsync();
}
