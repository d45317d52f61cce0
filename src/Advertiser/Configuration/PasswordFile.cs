using BgpLoadBalancer.Yaml.Reading;

namespace BgpLoadBalancer.Advertiser.Configuration;

/// <summary>Reads a password from a file of its own, such as a mounted Secret.</summary>
internal sealed class PasswordFile
{
    private const int LongestFile = 4096;

    private readonly string _folder;

    private PasswordFile(string folder) => _folder = folder;

    /// <summary>Names without a folder are meant beside the configuration.</summary>
    public static PasswordFile RelativeTo(string configPath) => new(Path.GetDirectoryName(Path.GetFullPath(configPath)) ?? "/");

    /// <returns>Null when the file could be read; the text is without the line end that editors add.</returns>
    public YamlProblem? Read(string name, out string password)
    {
        password = "";
        string path = Path.Combine(_folder, name);
        try
        {
            using StreamReader reader = new(path);
            char[] text = new char[LongestFile + 1];
            int length = reader.ReadBlock(text);
            if (length > LongestFile) return new($"The file '{path}' is too long for a password.", "Put nothing but the password into it.");
            password = new string(text, 0, length).TrimEnd('\r', '\n');
            return password.Length > 0 ? null : new($"The file '{path}' is empty.", "Put the password into it.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new($"The file '{path}' cannot be read: {exception.Message.TrimEnd('.')}.", "Name a file that this process may read.");
        }
    }
}
