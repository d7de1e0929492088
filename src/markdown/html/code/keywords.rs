//! The keywords of languages that have the strings and comments of another: each list sorted.

/// C, C++ and Objective-C.
pub(super) const C: &[&str] = &[
    "alignas", "alignof", "auto", "bool", "break", "case", "catch", "char", "class", "co_await", "const",
    "constexpr", "continue", "decltype", "default", "define", "delete", "do", "double", "else", "endif", "enum",
    "explicit", "extern", "float", "for", "friend", "goto", "if", "ifdef", "ifndef", "include", "inline", "int",
    "int16_t", "int32_t", "int64_t", "int8_t", "long", "mutable", "namespace", "new", "noexcept", "operator",
    "override", "pragma", "private", "protected", "public", "register", "return", "short", "signed", "size_t",
    "sizeof", "static", "static_assert", "struct", "switch", "template", "this", "throw", "try", "typedef",
    "typename", "uint16_t", "uint32_t", "uint64_t", "uint8_t", "union", "unsigned", "using", "virtual", "void",
    "volatile", "while",
];

/// Go.
pub(super) const GO: &[&str] = &[
    "any", "bool", "break", "byte", "case", "chan", "const", "continue", "default", "defer", "else", "error",
    "fallthrough", "float32", "float64", "for", "func", "go", "goto", "if", "import", "int", "int16", "int32",
    "int64", "int8", "interface", "map", "package", "range", "return", "rune", "select", "string", "struct",
    "switch", "type", "uint", "uint16", "uint32", "uint64", "uint8", "uintptr", "var",
];

/// Java, Kotlin, Scala and C#.
pub(super) const JAVA: &[&str] = &[
    "abstract", "as", "async", "await", "bool", "boolean", "break", "by", "byte", "case", "catch", "char", "class",
    "companion", "const", "continue", "data", "decimal", "def", "default", "do", "double", "else", "enum", "extends",
    "final", "finally", "float", "for", "foreach", "fun", "get", "if", "implements", "import", "in", "init", "inner",
    "instanceof", "int", "interface", "internal", "is", "lateinit", "long", "namespace", "new", "object", "open",
    "override", "package", "private", "protected", "public", "readonly", "record", "return", "sealed", "set",
    "short", "static", "string", "struct", "super", "suspend", "switch", "this", "throw", "throws", "trait", "try",
    "using", "val", "var", "virtual", "void", "volatile", "when", "where", "while", "with", "yield",
];

/// Ruby.
pub(super) const RUBY: &[&str] = &[
    "alias", "and", "begin", "break", "case", "class", "def", "do", "else", "elsif", "end", "ensure", "extend",
    "for", "if", "in", "include", "module", "next", "not", "or", "private", "raise", "redo", "require", "rescue",
    "retry", "return", "self", "super", "then", "undef", "unless", "until", "when", "while", "yield",
];

/// Solidity.
pub(super) const SOLIDITY: &[&str] = &[
    "abstract", "address", "anonymous", "as", "assembly", "bool", "break", "bytes", "bytes32", "bytes4", "calldata",
    "catch", "constant", "constructor", "continue", "contract", "delete", "do", "else", "emit", "enum", "error",
    "event", "external", "fallback", "for", "function", "if", "immutable", "import", "indexed", "int", "int256",
    "interface", "internal", "is", "library", "mapping", "memory", "modifier", "new", "override", "payable",
    "pragma", "private", "public", "pure", "receive", "require", "return", "returns", "revert", "storage", "string",
    "struct", "try", "type", "uint", "uint128", "uint16", "uint256", "uint32", "uint64", "uint8", "unchecked",
    "using", "view", "virtual", "while",
];

/// Swift.
pub(super) const SWIFT: &[&str] = &[
    "Any", "Self", "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break", "case", "catch",
    "class", "consuming", "continue", "convenience", "default", "defer", "deinit", "didSet", "do", "dynamic", "each",
    "else", "enum", "extension", "fallthrough", "fileprivate", "final", "for", "func", "get", "guard", "if",
    "import", "in", "indirect", "infix", "init", "inout", "internal", "is", "isolated", "lazy", "let", "macro",
    "mutating", "nonisolated", "nonmutating", "open", "operator", "override", "package", "postfix",
    "precedencegroup", "prefix", "private", "protocol", "public", "repeat", "required", "rethrows", "return", "self",
    "sending", "set", "some", "static", "struct", "subscript", "super", "switch", "throw", "throws", "try",
    "typealias", "unowned", "var", "weak", "where", "while", "willSet", "yield",
];
