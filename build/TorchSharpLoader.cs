#pragma warning disable CA1846, IDE0005 // netstandard has no spans and no implicit usings
#nullable disable
// Compiled by MSBuild while the project builds (see TorchSharpLoader.targets) and by the tests, so it keeps to C# 7.3 and netstandard.
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace SwiftNet.Build
{
    /// <summary>
    /// Lets TorchSharp's native library load where libstdc++ is older than GCC 13 (Debian 12, Ubuntu 22.04).
    /// </summary>
    /// <remarks>
    /// libLibTorchSharp.so of TorchSharp 0.107.0 needs one symbol of GLIBCXX_3.4.32: std::ios_base_library_init(), the
    /// start of the standard streams. Every libstdc++ has an older function for that purpose, std::ios_base::Init::Init(),
    /// whose name is shorter. So the symbol is renamed in place, its version becomes GLIBCXX_3.4, and the missing version
    /// is marked weak, which the dynamic loader then does not insist on. Where libstdc++ is new nothing changes.
    /// </remarks>
    public static class TorchSharpLoader
    {
        private const string NewName = "_ZSt21ios_base_library_initv";
        private const string OldName = "_ZNSt8ios_base4InitC1Ev";
        private const string NewVersion = "GLIBCXX_3.4.32";
        private const string OldVersion = "GLIBCXX_3.4";
        private const int NewestKnown = 30; // GLIBCXX_3.4.30: GCC 12, the libstdc++ of Debian 12 and Ubuntu 22.04
        private const ushort WeakFlag = 2; // VER_FLG_WEAK
        private const uint DynamicSymbols = 11, VersionNeeds = 0x6ffffffe, VersionIndices = 0x6fffffff; // ELF section types

        /// <summary>Patches the library at <paramref name="path"/> unless that is done or not needed.</summary>
        /// <returns>True when the file was changed.</returns>
        /// <exception cref="InvalidDataException">The file is no 64-bit ELF library, or needs a symbol of a newer libstdc++ than is known here.</exception>
        public static bool Patch(string path)
        {
            byte[] file = File.ReadAllBytes(path);
            bool changed;
            try
            {
                changed = Patch(file);
            }
            catch (Exception e) when (e is IndexOutOfRangeException || e is ArgumentException || e is OverflowException)
            {
                throw new InvalidDataException("it is damaged: " + e.Message, e);
            }

            if (!changed)
            {
                return false;
            }

            // Beside and renamed: the output may be a hard link to the package folder, which must stay as it was. The
            // time stamp is kept so that the next build does not copy the file again.
            string beside = path + ".patched";
            DateTime written = File.GetLastWriteTimeUtc(path);
            File.WriteAllBytes(beside, file);
            File.SetLastWriteTimeUtc(beside, written);
            File.Delete(path);
            File.Move(beside, path);
            return true;
        }

        private static bool Patch(byte[] file)
        {
            if (file.Length < 64 || file[0] != 0x7f || file[1] != 'E' || file[2] != 'L' || file[3] != 'F' || file[4] != 2 || file[5] != 1)
            {
                throw new InvalidDataException("it is no 64-bit little-endian ELF file");
            }

            int symbols = FindSection(file, DynamicSymbols), indices = FindSection(file, VersionIndices), needs = FindSection(file, VersionNeeds);
            if (symbols < 0 || indices < 0 || needs < 0)
            {
                return false; // nothing in it asks for a version
            }

            int names = Offset(file, SectionHeader(file, (int)U32(file, symbols + 40)));
            ushort oldIndex = 0, newIndex = 0;
            int newEntry = 0;
            var tooNew = new Dictionary<ushort, string>();
            foreach (int entry in VersionEntries(file, needs))
            {
                string version = Name(file, names + (int)U32(file, entry + 8));
                ushort index = (ushort)(U16(file, entry + 6) & 0x7fff);
                bool weak = (U16(file, entry + 4) & WeakFlag) != 0;
                if (version == OldVersion)
                {
                    oldIndex = index;
                }
                else if (version == NewVersion)
                {
                    newIndex = index;
                    newEntry = entry;
                    tooNew[index] = version;
                }
                else if (!weak && IsTooNew(version))
                {
                    tooNew[index] = version;
                }
            }

            int changes = 0;
            long count = (long)U64(file, symbols + 32) / 24;
            for (int i = 0; i < count; i++)
            {
                int index = Offset(file, indices) + (2 * i);
                string version;
                if (!tooNew.TryGetValue((ushort)(U16(file, index) & 0x7fff), out version))
                {
                    continue;
                }

                int name = names + (int)U32(file, Offset(file, symbols) + (24 * i));
                if (version != NewVersion || Name(file, name) != NewName || oldIndex == 0)
                {
                    throw new InvalidDataException("it needs " + Name(file, name) + "@" + version + ", for which this build knows no older equivalent");
                }

                Encoding.ASCII.GetBytes(OldName.PadRight(NewName.Length, '\0')).CopyTo(file, name);
                Write16(file, index, oldIndex);
                changes++;
            }

            if (newIndex != 0 && (U16(file, newEntry + 4) & WeakFlag) == 0)
            {
                Write16(file, newEntry + 4, (ushort)(U16(file, newEntry + 4) | WeakFlag));
                changes++;
            }

            return changes > 0;
        }

        private static bool IsTooNew(string version)
        {
            int patch;
            return version.StartsWith("GLIBCXX_3.4.", StringComparison.Ordinal) && int.TryParse(version.Substring(12), out patch) && patch > NewestKnown;
        }

        private static IEnumerable<int> VersionEntries(byte[] file, int section)
        {
            int need = Offset(file, section);
            for (uint libraries = U32(file, section + 44); libraries > 0; libraries--)
            {
                int entry = need + (int)U32(file, need + 8);
                for (int left = U16(file, need + 2); left > 0; left--)
                {
                    yield return entry;
                    entry += (int)U32(file, entry + 12);
                }

                need += (int)U32(file, need + 12);
            }
        }

        private static int FindSection(byte[] file, uint type)
        {
            for (int i = 0; i < U16(file, 60); i++)
            {
                if (U32(file, SectionHeader(file, i) + 4) == type)
                {
                    return SectionHeader(file, i);
                }
            }

            return -1;
        }

        private static int SectionHeader(byte[] file, int number) => checked((int)U64(file, 40) + (number * U16(file, 58)));

        private static int Offset(byte[] file, int section) => checked((int)U64(file, section + 24));

        private static string Name(byte[] file, int at) => Encoding.ASCII.GetString(file, at, Array.IndexOf(file, (byte)0, at) - at);

        private static ushort U16(byte[] file, int at) => BitConverter.ToUInt16(file, at);

        private static uint U32(byte[] file, int at) => BitConverter.ToUInt32(file, at);

        private static ulong U64(byte[] file, int at) => BitConverter.ToUInt64(file, at);

        private static void Write16(byte[] file, int at, ushort value) => BitConverter.GetBytes(value).CopyTo(file, at);
    }

#if !TESTS
    /// <summary>The build's step: patches one file and says so, or fails the build with the reason.</summary>
    public sealed class PatchTorchSharp : Microsoft.Build.Utilities.Task
    {
        /// <summary>The copy of libLibTorchSharp.so in an output folder.</summary>
        [Microsoft.Build.Framework.Required]
        public string Library { get; set; }

        /// <inheritdoc/>
        public override bool Execute()
        {
            try
            {
                if (TorchSharpLoader.Patch(Library))
                {
                    Log.LogMessage("Patched {0} to load with libstdc++ of GCC 12.", Library);
                }
            }
            catch (Exception e) when (e is InvalidDataException || e is IOException || e is UnauthorizedAccessException)
            {
                Log.LogError("{0} cannot be made to load on Debian 12 and Ubuntu 22.04: {1}. A new TorchSharp needs a look at build/TorchSharpLoader.cs.", Library, e.Message);
            }

            return !Log.HasLoggedErrors;
        }
    }
#endif
}
