using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Storage;

internal enum StorageProvider
{
    Sqlite,
    Postgres,
}

internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>SQLite for one instance, PostgreSQL when several run side by side.</summary>
    [EnumDataType(typeof(StorageProvider))]
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    [Required]
    public string ConnectionString { get; init; } = "Data Source=data/docspacebot.db";
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
