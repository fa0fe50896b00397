namespace FlowSim.Scenarios.Reading;

/// <summary>A key of a section: its name, what may stand under it, and what it means.</summary>
public abstract class Field(string key, Shape shape, string description, bool isRequired)
{
    public string Key => key;

    public Shape Shape => shape;

    /// <summary>One sentence for editors.</summary>
    public string Description => description;

    /// <summary>Whether a complete section must have it.</summary>
    public bool IsRequired => isRequired;
}

/// <summary>A key whose values have a type.</summary>
public sealed class Field<T>(string key, Shape<T> shape, string description, bool isRequired = false)
    : Field(key, shape, description, isRequired)
{
    /// <summary>Reads what stands under the key.</summary>
    public T Read(YamlNode node) => shape.Read(node);
}
