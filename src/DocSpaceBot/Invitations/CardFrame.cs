using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>What every card of a request has: a heading, something said to whoever pressed a button, and the reference that people quote.</summary>
internal static class CardFrame
{
    public static Container Heading(string text, ContainerStyle style) =>
        new()
        {
            Style = style,
            Bleed = true,
            Items = [Title(text)],
        };

    public static TextBlock Title(string text) =>
        new(text)
        {
            Size = TextSize.Large,
            Weight = TextWeight.Bolder,
            Style = TextBlockStyle.Heading,
        };

    public static IEnumerable<TextBlock> Notice(string? notice) =>
        notice is null ? [] : [new TextBlock(notice) { Color = TextColor.Attention, Separator = true }];

    public static TextBlock Reference(RequestId request) =>
        new(InvitationTexts.Reference.With(request.Reference))
        {
            IsSubtle = true,
            Size = TextSize.Small,
            Spacing = Spacing.Medium,
        };
}
