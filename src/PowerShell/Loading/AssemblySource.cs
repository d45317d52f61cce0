namespace BgpLoadBalancer.PowerShell.Loading;

/// <summary>Where an assembly that a plug-in asks for comes from.</summary>
internal enum AssemblyOrigin
{
    /// <summary>PowerShell and the framework have it; the default context finds it.</summary>
    Host,

    /// <summary>A file of bin/, the same for the module and its plug-ins, so that they can hand each other objects.</summary>
    Shared,

    /// <summary>A file of bin/Dependencies, for the plug-ins alone.</summary>
    Private,
}

/// <param name="Path">Null when the host has it.</param>
internal readonly record struct AssemblySource(AssemblyOrigin Origin, string? Path);
