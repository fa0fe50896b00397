using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace FlowSim.Tests.Tidy;

/// <summary>Which types a type uses, read from its members' signatures and instructions.</summary>
/// <remarks>Usings would not do: a nested namespace sees the types of the outer one without any.</remarks>
internal static class References
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>All types that a type and the types nested in it mention; arrays and generics taken apart.</summary>
    public static HashSet<Type> Of(Type type)
    {
        var into = new HashSet<Type>();
        AddUsesOf(type, into);
        return into;
    }

    private static void AddUsesOf(Type type, HashSet<Type> into)
    {
        Add(type.BaseType, into);
        foreach (Type face in type.GetInterfaces()) Add(face, into);
        foreach (FieldInfo field in type.GetFields(All)) Add(field.FieldType, into);
        foreach (MethodBase method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
            AddUsesOf(method, into);
        foreach (Type nested in type.GetNestedTypes(All)) AddUsesOf(nested, into);
    }

    private static void AddUsesOf(MethodBase method, HashSet<Type> into)
    {
        if (method is MethodInfo { ReturnType: var result }) Add(result, into);
        foreach (ParameterInfo parameter in method.GetParameters()) Add(parameter.ParameterType, into);
        if (method.GetMethodBody() is not { } body) return;
        foreach (LocalVariableInfo local in body.LocalVariables) Add(local.LocalType, into);
        foreach (ExceptionHandlingClause clause in body.ExceptionHandlingClauses)
            if (clause.Flags == ExceptionHandlingClauseOptions.Clause) Add(clause.CatchType, into);
        AddTokens(method, body.GetILAsByteArray()!, into);
    }

    private static void AddTokens(MethodBase method, byte[] code, HashSet<Type> into)
    {
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            int value = code[at++];
            if (value == 0xFE) value = 0xFE00 | code[at++];
            OperandType operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok)
                AddMember(method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod), into);
            at += Size(operand, code, at);
        }
    }

    private static void AddMember(MemberInfo? member, HashSet<Type> into)
    {
        Add(member as Type ?? member?.DeclaringType, into);
        if (member is MethodInfo { IsGenericMethod: true } generic)
            foreach (Type argument in generic.GetGenericArguments()) Add(argument, into);
    }

    private static int Size(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };

    private static void Add(Type? type, HashSet<Type> into)
    {
        if (type is null || type.IsGenericParameter) return;
        if (type.HasElementType) Add(type.GetElementType(), into);
        else if (!type.IsGenericType) into.Add(type);
        else if (into.Add(type.GetGenericTypeDefinition()) | type.IsConstructedGenericType)
            foreach (Type argument in type.GetGenericArguments()) Add(argument, into);
    }
}
