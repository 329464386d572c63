using System.ComponentModel.DataAnnotations;

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
    [EnumDataType(typeof(StorageProvider), ErrorMessage = "it is not one of the known values.")]
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    [Required(ErrorMessage = "it must not be empty.")]
    public string ConnectionString { get; init; } = "Data Source=data/docspacebot.db";
}
