using System.Reflection;

namespace BgpLoadBalancer.PowerShell.Loading;

/// <summary>The plug-ins of the module. Nothing of bin/Dependencies is read before the first cmdlet asks for one.</summary>
internal sealed class Plugins(string moduleFolder)
{
    private readonly Lazy<PluginLoadContext> _context = new(() => new PluginLoadContext(moduleFolder));

    /// <summary>Those of this module, from the folder that it was imported from.</summary>
    public static Plugins OfModule { get; } = new(Path.GetDirectoryName(typeof(Plugins).Assembly.Location)!);

    /// <summary>A plug-in by its assembly's name, loaded at the first call.</summary>
    /// <exception cref="BgpException">It is not there, or cannot be loaded.</exception>
    public Assembly Load(string name)
    {
        try
        {
            return _context.Value.LoadFromAssemblyName(new AssemblyName(name));
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            throw new BgpException($"{name} cannot be loaded from {Path.Combine(moduleFolder, "Dependencies")}: {e.Message} Install or build the module again.");
        }
    }

    /// <summary>Calls into a plug-in. Its own exceptions, and those of its libraries, arrive as the module's, in the same words: nobody outside could catch their types.</summary>
    /// <exception cref="BgpException">The call threw a type of the plug-ins.</exception>
    public T Call<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (IsOfPlugins(e))
        {
            throw new BgpException((e is TargetInvocationException { InnerException: { } inner } ? inner : e).Message);
        }
    }

    private bool IsOfPlugins(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (_context.Value.Assemblies.Contains(e.GetType().Assembly)) return true;
        }

        return exception is AggregateException many && many.InnerExceptions.Any(IsOfPlugins);
    }
}
