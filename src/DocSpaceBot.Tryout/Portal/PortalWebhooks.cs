namespace DocSpaceBot.Tryout.Portal;

internal enum WebhookTrigger : long
{
    UserCreated = 1,
    UserInvited = 2,
    UserUpdated = 4,
    UserDeleted = 8,
}

internal sealed class PortalWebhooks(PortalSetup setup, PortalPeople people)
{
    public void Raise(WebhookTrigger trigger, PortalPerson person, Guid actor) => _ = (setup, people, trigger, person, actor);
}
